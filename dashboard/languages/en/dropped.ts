// What was not counted, and why. In English.
import type { DroppedFor, K } from '../../../collector/contract.ts'
import { general } from './general.ts'

const reasons: Record<DroppedFor, string> = {
  bot_agent: 'Requests of robots, by their user agent',
  bot_headless: 'Requests of automated browsers',
  bot_no_agent: 'Requests without a user agent',
  bot_unseen: 'Pages that were only prefetched or previewed',
  foreign_host: 'Events of pages on other hosts',
  reserved_event: 'Events with a reserved name',
  undeclared_property: 'Events with properties that the site has not declared',
  not_a_number: 'Events with a text where the site has declared a number',
}

export const dropped = {
  reasons,
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
