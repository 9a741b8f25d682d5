// The pages before one is in: signing in, the set-up link, a forgotten password. In English.
export const signIn = {
  fields: {
    email: 'E-mail',
    password: 'Password',
    yourName: 'Your name',
    organization: 'Organization',
    code: 'Code',
    passwordHint: (least: number) => `At least ${least} characters. A few words are better than one odd one.`,
  },

  title: 'Sign in',
  submit: 'Sign in',
  forgotten: 'Forgotten your password?',
  cookie: 'Signing in sets one cookie: it says that you are you, here, and nothing else.',
  /** What happened before. */
  news: {
    password: 'Your new password is set. Sign in with it.',
    code: 'This code was used already. Sign in again, with the next one.',
  },
  wrong: 'E-mail or password is not right.',
  tooOpen:
    'This page was not opened over HTTPS, so a password could be read on its way. Open it by an https:// address, or on the machine itself.',
  tooMany: {
    title: 'Too many attempts',
    sentence: 'Somebody, perhaps not you, has tried many passwords. Nothing was looked at. Try again in a minute.',
  },

  secondFactor: {
    title: 'Your second factor',
    lead: 'The six digits that your app shows now.',
    hint: 'Without the app: one of your recovery codes. Each works once.',
    cookie:
      'Between password and code a second cookie remembers, for ten minutes at most, that your password was right.',
    refused: {
      wrong: 'This code is not right, or not any more. The app shows a new one every 30 seconds.',
      locked:
        'Too many codes were wrong. Wait a quarter of an hour. If it was not you, somebody knows your password: choose a new one, which also ends the wait.',
    },
  },

  noOwner: {
    title: 'Waiting for its owner',
    sentence: 'Nobody owns this Sundial yet, so nobody can sign in. It counts all the same.',
    /** How the set-up link is had, on a server and on Workers. */
    how: {
      started: 'Open the set-up link that `npm start` has printed. Starting Sundial again prints a new one.',
      deployed:
        'Whoever deployed it makes the set-up link: npm run sundial -- user invite you@example.com --d1 --remote',
    },
  },
  setUp: {
    title: 'Make this Sundial yours',
    lead: 'The first account owns it: sites, people, periods. This link opens once.',
    organizationHint: 'Owns the sites. It can be renamed.',
    submit: 'Make the account',
    taken: 'This address has an account here already. Choose another one.',
    gone: {
      title: 'This link does not open any more',
      sentence: 'It was used already, or it is too old. Whoever made it can make another one.',
    },
  },

  reset: {
    title: 'A new password',
    sent: 'If there is an account with this address, a mail with a link is on its way. The link works once, for an hour.',
    hint: 'A link to choose a new password goes there.',
    send: 'Send the link',
    noMail: 'This Sundial sends no mail. Whoever operates it can make a link for you:',
    once: 'The link works once, for an hour.',
    back: 'Back to the sign-in',
    lead: 'It ends every session of your account. A second factor stays as it is.',
    set: 'Set the password',
    gone: {
      title: 'This link does not open any more',
      sentence: 'It works once and for an hour. Ask for another one.',
      next: 'Ask for another link',
    },
  },
}

export type SignInWords = typeof signIn
