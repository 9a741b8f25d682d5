// What links lead to whoever opens them: an invitation, and the undo of a deletion. In English.
import { type Part, rich } from '../rich.ts'

export const invitation = {
  title: (organization: string) => `Join ${organization}`,
  invited: (bold: Part, role: string, meaning: string) => rich`You are invited as ${bold(role)}. ${meaning}`,
  joinAs: (name: string) => `Join as ${name}`,
  forAddress: (bold: Part, email: string) => rich`The account is for ${bold(email)}, the address that was invited.`,
  makeAndJoin: 'Make the account and join',
  known: (email: string) => `${email} has an account here. Sign in with it, and you come back to this page.`,
  another: (email: string, own: string) =>
    `This invitation is for ${email}, and you are signed in as ${own}. Sign out, then open the link again.`,
  gone: {
    title: 'This link does not open any more',
    sentence: 'It was used already, it was withdrawn, or it is too old. Whoever made it can make another one.',
  },

  undo: {
    title: (organization: string) => `Take ${organization} back`,
    lead: (day: string) => `It was deleted, and its counts go on ${day}. Whoever takes it back owns it.`,
    domains: (domains: string) =>
      `${domains} will count again, with the settings they had. The people who belonged to it have to be invited anew; tokens, share links and webhooks are gone.`,
    signInFirst: (link: Part) => rich`Do you have an account here? ${link('Sign in first.')}`,
    takeBackAs: (name: string) => `Take it back as ${name}`,
    makeAndTakeBack: 'Make an account and take it back',
    hasAccount: 'This address has an account: sign in first.',
  },
}

export type InvitationWords = typeof invitation
