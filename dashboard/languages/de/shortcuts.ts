// The keys that a page takes: their sheet, and their page. In German.
import type { ShortcutsWords } from '../en/shortcuts.ts'

export const shortcuts: ShortcutsWords = {
  title: 'Tastenkürzel',
  where: 'Auf den Seiten mit den Zahlen einer Website, wo Skripte laufen. Alles, was sie tun, gibt es auch als Link.',
  close: 'Schließen',
  enter: 'Eingabe',
  escape: 'Esc',

  period: 'Zeitraum',
  calendar: 'Kalender',
  earlierLater: 'Früher, später',
  numbers: 'Zahlen',
  comparison: 'Vergleich an oder aus',
  readChart: 'Im Diagramm: Wert für Wert',
  openRead: 'Im Diagramm: öffnen, was gelesen wird',
  find: 'Einen Wert suchen',
  ways: 'Navigation',
  sites: 'Websites',
  closeMenu: 'Ein Menü schließen',
  these: 'Diese Tasten',

  remembers:
    'Gibt es mehrere Websites, merkt sich dieser Browser in seinem lokalen Speicher, welche er zuletzt gezeigt hat. Das wird nirgendwohin gesendet.',
}
