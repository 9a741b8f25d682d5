// The mails about accounts and organizations, and what stands in any mail. In English.
export const letters = {
  /** Before a link in plain text, which stands on a line of its own. */
  labelled: (label: string) => `${label}:`,
  orOpen: 'Or open this address:',
  worksUntil: (moment: string) => `The link works once, until ${moment}.`,

  invitation: {
    subject: (organization: string) => `Invitation to ${organization}`,
    invites: (somebody: string, organization: string) =>
      `${somebody} invites you to ${organization} on Sundial, web analytics that counts visits and knows no visitor.`,
    role: (role: string, meaning: string) => `Your role there: ${role}. ${meaning}`,
    accept: 'Accept the invitation',
    unexpected: 'If you did not expect this, you need do nothing: without you no account is made.',
  },
  reset: {
    subject: 'Choose a new password for Sundial',
    asked: 'Somebody, probably you, asked for a new password for your Sundial account.',
    choose: 'Choose a new password',
    notYou: 'If it was not you, you need do nothing: your password stays as it is. Show the link to nobody.',
  },
  addressChanged: {
    subject: 'Your address at Sundial was changed',
    changed:
      'The e-mail address of your Sundial account was changed from this one to another, by which you sign in from now on. No more mails come here.',
    notYou:
      'If it was not you, somebody knows your password: tell whoever operates this Sundial at once, who can give the account back to you.',
  },
  end: {
    subject: (organization: string) => `${organization} was deleted`,
    deleted: (organization: string) =>
      `An owner of ${organization} has deleted it on Sundial. Its people are gone from there, and its sites count nothing any more.`,
    takesBack: (day: string) =>
      `Its counts stay until ${day}, unread. For 30 days this link takes it back, and whoever opens it owns it.`,
    takeBack: 'Take it back',
    meant: 'If it is meant to end, you need do nothing. Show the link to nobody else.',
  },
}

export type LettersWords = typeof letters
