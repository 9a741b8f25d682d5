// Reports and alerts of a site: what somebody gets of them, the webhooks that get them, and the pages behind the link that
// ends them. In English.
import { FORMATS } from '../format.ts'
import { type Part, rich } from '../rich.ts'

const { sayList } = FORMATS.en

export const subscriptions = {
  title: 'Reports',
  save: 'Save',
  weekly: {
    label: 'The weekly report',
    meaning: 'Every Monday from 7:00 in the time zone of the site: the week before, with its changes.',
  },
  alerts: {
    label: 'Alerts on unusual traffic',
    meaning:
      'Many more visits in an hour than in the same hour of the same weekday in the last weeks, or none where there usually are some. At most one of each a day; a new site is watched for four weeks first.',
  },

  byMail: {
    title: 'By mail',
    to: (email: string) => `To ${email}, the address of your account. Every mail has a link that ends it.`,
    noMail: (code: Part) =>
      rich`No mail is set up on this Sundial, so nothing is sent yet. Its operator sets ${code('MAIL_URL')}.`,
  },

  webhooks: {
    title: 'Webhooks',
    removed: 'Removed',
    meaning: (code: Part) =>
      rich`The same as JSON, posted to an address of yours. Its field ${code('text')} is what Slack, Mattermost and their like show as it is.`,
    signed: (name: string) => `“${name}” is signed with this key. Copy it now: it is shown this once.`,
    listed: (host: string, { weekly, alerts }: { weekly: boolean; alerts: boolean }, day: string) =>
      `${host}, ${sayList([...(weekly ? ['weekly report'] : []), ...(alerts ? ['alerts'] : [])])}, since ${day}`,
    test: 'Send a test',
    testNamed: (name: string) => `Send a test to ${name}`,
    remove: 'Remove',
    removeNamed: (name: string) => `Remove ${name}`,
    arrived: (name: string) => `The test arrived at “${name}”.`,
    notArrived: (name: string, problem: string) => `The test did not arrive at “${name}”: ${problem}.`,
    name: 'Name of a new webhook',
    address: 'Address',
    addressHint: 'https:// and a public name. Redirects are not followed. Only its host is shown here again.',
    add: 'Add the webhook',
    gone: 'There is no such webhook: it was removed already.',
  },

  refusals: {
    nameMissing: 'A webhook has a name, by which you know it again.',
    nameTooLong: (most: number) => `A name has ${most} characters at most.`,
    addressTooLong: (most: number) => `An address has ${most} characters at most.`,
    notHttps: 'The address of a webhook begins with https://',
    withPassword: 'The address of a webhook has no user and password.',
    noName: 'The address of a webhook has a name, not the number of a machine.',
    nothingWanted: 'Tick what it shall get.',
    tooMany: 'This site has as many webhooks as it may. Remove one first.',
  },

  /** Behind the link of a mail. */
  farewell: {
    title: 'Stop these mails',
    lead: (domain: string) => `The weekly report and alerts of ${domain}.`,
    stop: 'Stop them',
    stopped: {
      title: 'They have stopped',
      sentence: (domain: string) =>
        `No more mails about ${domain} are sent to you. On its page of reports you can choose them again.`,
    },
    over: { title: 'That is over', sentence: 'This link ends nothing any more: no such mails are sent.' },
  },
}

export type SubscriptionsWords = typeof subscriptions
