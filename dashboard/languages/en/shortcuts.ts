// The keys that a page takes: their sheet, and their page. In English.
export const shortcuts = {
  title: 'Keyboard shortcuts',
  where: 'On the pages of a site’s numbers, where scripts run. Everything they do is there as a link too.',
  close: 'Close',
  /** As they stand on the keys. */
  enter: 'Enter',
  escape: 'Esc',

  period: 'Period',
  calendar: 'Calendar',
  earlierLater: 'Earlier, later',
  numbers: 'Numbers',
  comparison: 'Comparison on or off',
  readChart: 'In the chart: value by value',
  openRead: 'In the chart: open what is read',
  find: 'Find a value',
  ways: 'Getting around',
  sites: 'Sites',
  closeMenu: 'Close a menu',
  these: 'These keys',

  remembers:
    'Where there are several sites, this browser remembers in its local storage which one it showed last. That is sent nowhere.',
}

export type ShortcutsWords = typeof shortcuts
