// Share links: the list of them in the settings of a site, and the page that asks for a password. And the badge. In English.
import { FORMATS } from '../format.ts'

const { plural } = FORMATS.en

export const sharing = {
  title: 'Share links',
  lead: 'Whoever has the address of a share link reads the statistics of this site without an account, as far as everybody might if it were public: of visitors they learn no more than the counts hold.',
  copyNow: 'Copy this address: it is shown only now.',
  tellPassword: 'Pass its password on by another way than the address.',
  /** A link in the list, by the day it was made on. */
  alsoInFrames: (day: string) => `${day}, also in frames`,
  withPassword: (day: string) => `${day}, with password`,
  withdraw: 'Withdraw',
  withdrawNamed: (name: string) => `Withdraw ${name}`,
  withdrawn: 'Withdrawn',

  name: {
    label: 'Name of a new link',
    hint: 'Whom it is for, so that you know which to withdraw. Only you and the other managers see it.',
  },
  linkPassword: {
    label: 'Password (optional)',
    hint: (least: number) =>
      `At least ${least} characters. Then the link asks for it once in each browser, until that is closed. It cannot be changed: withdraw the link and make another one.`,
  },
  framed: {
    label: 'Pages of this site may show it in a frame',
    hint: (domain: string) =>
      `As in <iframe src="…">, on ${domain} and its other hosts. Any other link is shown in no frame at all. A link in a frame has no password.`,
  },
  make: 'Make a share link',

  refusals: {
    nameMissing: 'A share link has a name, by which you know it again.',
    nameTooLong: (most: number) => `A name has ${most} characters at most.`,
    passwordTooShort: (least: number) => `A password has at least ${least} characters.`,
    passwordTooLong: (most: number) => `A password has ${most} characters at most.`,
    passwordInFrame:
      'A link that is shown in frames cannot have a password: browsers would not keep it there. Choose one of the two.',
    tooMany: (most: number) => `A site has at most ${most} share links. Withdraw one first.`,
  },

  /** The page before a link that has one. */
  password: {
    title: 'This link has a password',
    lead: 'Whoever gave you the address can tell you.',
    label: 'Password',
    open: 'Open',
    cookie:
      'The right password sets one cookie, for this link alone: it says that the password was right, and nothing else. It ends when you close the browser, after twelve hours at the latest.',
    wrong: 'This password is not right.',
  },

  /** The picture of a public site's visits; `days` are the last seven whole ones. */
  badge: {
    label: 'visits this week',
    title: (n: number, days: string) => `${plural(n, 'visit', 'visits')}, ${days}`,
  },
}

export type SharingWords = typeof sharing
