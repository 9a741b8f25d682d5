// What stands around every page, and the pages for what could not be done. In English.
export const frame = {
  settings: 'Settings',
  signIn: 'Sign in',
  signOut: 'Sign out',
  sites: 'Sites',
  yourAccount: 'Your account',
  /** The brand, which leads home, to who listens. */
  home: (site: string) => `Sundial, ${site}`,
  openDashboard: 'Open the dashboard',
  openSite: (site: string) => `Open ${site}`,

  nothingHere: { title: 'Nothing here', sentence: 'There is nothing at this address for you.' },
  noSuchPage: { title: 'No such page', sentence: 'There is nothing at this address.' },
  notYours: {
    title: 'Not yours to do',
    sentence: 'Your role in this organization does not include this. Its owners and managers can help.',
  },
  failure: { title: 'This page could not be made', sentence: 'Try again in a minute.' },
  formNotTaken: {
    title: 'This form was not taken',
    tooLarge: (kilobytes: number) => `A form has ${kilobytes} KB at most.`,
    notFields: 'Forms here are sent as fields, without files.',
    fromElsewhere:
      'It was sent from another site, or by a browser that does not say from where. Open the page here and send it again.',
  },
}

export type FrameWords = typeof frame
