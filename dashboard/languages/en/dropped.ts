// What was not counted; why, is in declaration.ts. In English.
import type { K } from '../../../collector/contract.ts'
import { general } from './general.ts'

export const dropped = {
  title: 'What was not counted',
  nothing: (k: K) => `Nothing that was not counted came ${general.ks[k].one} times in this period.`,
  what: 'What',
  times: 'Times',
  byHour: 'By hour of the day',
  explained: (k: K) =>
    `This is in no total. It is counted in ${general.ks[k].many} like everything with a name, of one address no more a minute than the collector takes, and never with the name of a robot. The hours add up to less: an hour shows once it came ${general.ks[k].one} times after its reason was named. Who objected, by Global Privacy Control or Do Not Track, is not counted here either.`,
  outsider: 'Without an account you see nothing here of the last days.',
}

export type DroppedWords = typeof dropped
