// The list of the sites that a person may read, and the form that adds one. In English.
export const sites = {
  title: 'Sites',
  noneAtAll: {
    title: 'No site yet',
    sentence: 'You belong to no organization. Whoever manages one can invite you to it.',
  },
  noneYet: 'No site yet. Add the first one, put its script tag into your pages, and visits are counted.',
  noneForYou: (organization: string) => `No site for you yet. Who manages ${organization} can show you some.`,
  add: 'Add a site',
  public: 'Public',
  notPublic: 'Not public',
  settings: 'Settings',
  settingsOf: (site: string) => `Settings of ${site}`,
  transparency: 'Transparency',
  transparencyOf: (site: string) => `Transparency page of ${site}`,

  newSite: {
    lead: (organization: string) =>
      `It belongs to ${organization}. Its visits count from now on, in fives; all else can be set later.`,
    domainHint: 'Such as example.com. Its pages with and without www. count.',
    submit: 'Add the site',
  },
}

export type SitesWords = typeof sites
