// What Sundial says of itself in plain words. In English it stands beside the data contract, which names every key: what
// the contract gains, each other language has to say too.
import {
  DIMENSIONS,
  type Dimension,
  DROP_REASONS,
  DROPPED,
  type DroppedFor,
  type DropReason,
  PROFILES,
  type Profile,
  TABLES,
  type Table,
} from '../../../collector/contract.ts'
import {
  ADDRESS,
  COLUMNS,
  type ColumnName,
  ELSEWHERE,
  HONEST_LIMITS,
  type HonestLimit,
  NEVER,
  type Never,
  type Place,
  RECEIVED_FIELDS,
  REQUEST_FACTS,
  type ReceivedName,
  type RequestName,
} from '../../../collector/declaration.ts'

export interface DeclarationWords {
  received: Readonly<Record<ReceivedName, { says: string; becomes: string }>>
  request: Readonly<Record<RequestName, { says: string; becomes: string }>>
  /** The one name in `request` that is no header. */
  address: string
  tables: Readonly<Record<Table, { keeps: string }>>
  columns: Readonly<Record<ColumnName, { means: string }>>
  elsewhere: Readonly<Record<Place, { place: string; keeps: string; until: string }>>
  /** `label` is what one value is called; general.nouns is that within a sentence. */
  dimensions: Readonly<Record<Dimension, { label: string; from: string }>>
  profiles: Readonly<Record<Profile, { label: string; meaning: string }>>
  dropReasons: Readonly<Record<DropReason, string>>
  dropped: Readonly<Record<DroppedFor, string>>
  never: Readonly<Record<Never, string>>
  limits: Readonly<Record<HonestLimit, string>>
}

export const declaration: DeclarationWords = {
  received: RECEIVED_FIELDS,
  request: REQUEST_FACTS,
  address: ADDRESS,
  tables: TABLES,
  columns: COLUMNS,
  elsewhere: ELSEWHERE,
  dimensions: DIMENSIONS,
  profiles: PROFILES,
  dropReasons: DROP_REASONS,
  dropped: DROPPED,
  never: NEVER,
  limits: HONEST_LIMITS,
}
