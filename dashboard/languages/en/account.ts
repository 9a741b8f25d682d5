// One's own account: its page, its second factor, its end, and why a form about people was not taken. In English.
export const account = {
  title: 'Your account',
  news: {
    name: 'Your name is changed.',
    language: 'Your language is changed.',
    email: 'Your e-mail address is changed. Sign in with it from now on.',
    password: 'Your password is changed. Everywhere else you are signed out.',
    'second-factor-off': 'The second factor is off: your password alone lets you in.',
  },

  name: { label: 'Name', change: 'Change the name' },
  language: {
    title: 'Language',
    label: 'Language',
    asBrowser: 'As your browser asks',
    hint: 'Of these pages, and of the mails that Sundial sends you.',
    change: 'Change the language',
  },
  email: {
    title: 'E-mail',
    hint: 'You sign in with it, and mails for a new password go there.',
    change: 'Change the address',
    taken: 'Another account has this address.',
  },
  password: {
    title: 'Password',
    old: 'Current password',
    new: 'New password',
    change: 'Change the password',
    wrong: 'The password is not right.',
  },
  secondFactor: {
    title: 'Second factor',
    isOn: 'It is on: signing in asks for a code of your app.',
    codesLeft(n: number): string {
      if (n === 0) return 'All of your recovery codes are used: make new ones.'
      return n === 1 ? 'One recovery code is left.' : `${n} recovery codes are left.`
    },
    renew: 'Make new recovery codes',
    codesEnd: 'The codes you have now stop working.',
    turnOff: 'Turn it off',
    meaning:
      'An app on your phone shows a new code every 30 seconds. With it, nobody comes in who only knows your password.',
    setUp: 'Set it up',
  },
  sessions: {
    title: 'Where you are signed in',
    meaning: 'Sundial keeps no list of your devices. It can end all of your sessions, this one too.',
    end: 'Sign out everywhere',
  },

  scan: {
    title: 'Set up a second factor',
    lead: 'Scan this with an app for one-time codes, such as Aegis, 2FAS or the one of your password manager.',
    /** The picture, to who listens. */
    picture: 'The secret as a QR code',
    orType: 'Or type this secret into the app:',
    codeHint: 'The six digits that the app shows now. Until they are right, nothing changes.',
    turnOn: 'Turn it on',
    wrong: 'This code is not right, or not any more. Enter the next one.',
  },
  recoveryCodes: {
    title: 'Your recovery codes',
    first: 'The second factor is on.',
    renewed: 'The codes you had have stopped working.',
    meaning:
      'Each of these signs you in once, in place of a code of the app. They are shown now and never again: print this page, or copy them to where you keep your passwords.',
    kept: 'I have kept them',
  },

  end: {
    title: 'Delete your account',
    lead: 'Your name, address, password, second factor and memberships go at once. What you did to sites stays in the audit logs, without your name.',
    submit: 'Delete the account for good',
    orphans: 'You are the only owner of what would have nobody left:',
    first: 'Make somebody else an owner there, or delete the organization. Then your account can go.',
  },

  /** By the keys that people/account_form.ts gives. */
  refusals: (password: { least: number; most: number }) => ({
    nameMissing: 'Your name is missing.',
    nameTooLong: 'Your name is too long.',
    organizationMissing: 'The organization’s name is missing.',
    organizationTooLong: 'The organization’s name is too long.',
    noEmailAddress: 'That is no e-mail address.',
    passwordTooShort: `The password needs at least ${password.least} characters.`,
    passwordTooLong: `The password may have ${password.most} characters at most.`,
  }),
}

export type AccountWords = typeof account
