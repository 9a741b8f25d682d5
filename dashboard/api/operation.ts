// What one operation of an OpenAPI document says, put into words and rows for the documentation. Called by
// pages/api_docs.tsx.
import type { ApiDocument } from './description.ts'

type PathItem = NonNullable<ApiDocument['paths']>[string]
type Operation = NonNullable<PathItem['get']>
type Schema = NonNullable<NonNullable<ApiDocument['components']>['schemas']>[string]
type Content = Exclude<NonNullable<Operation['requestBody']>, { $ref: string }>['content']
type Response = { description: string; content?: Content }

/** A parameter, or a field of a body or an answer. */
export interface Field {
  name: string
  /** Other names that stand for the same, each in its stead. */
  alike: readonly string[]
  type: string
  required: boolean
  /** What holds where it is not given. */
  usual: string | undefined
  meaning: string
}

export interface Described {
  /** For the address of its part of the page. */
  id: string
  method: string
  path: string
  title: string
  meaning: string
  parameters: readonly Field[]
  body: readonly Field[]
  /** A line for the shell. */
  curl: string
  answers: readonly { status: string; meaning: string; example: string | undefined; fields: readonly Field[] }[]
  refusals: readonly { status: string; meaning: string }[]
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const

/** `address` is where the API is: 'https://stats.example.com/base'. */
export function operationsOf(document: ApiDocument, address: string): readonly Described[] {
  return Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const operation = item[method]
      return operation ? [describe({ document, address, path, method, operation })] : []
    }),
  )
}

interface Place {
  document: ApiDocument
  address: string
  path: string
  method: (typeof METHODS)[number]
  operation: Operation
}

function describe(place: Place): Described {
  const { document, path, method, operation } = place
  const all = Object.entries(operation.responses ?? {}).map(([status, response]: [string, Response]) => ({
    status,
    response,
  }))
  return {
    id: operation.operationId ?? `${method}${path.replace(/[^a-z0-9]+/gi, '-')}`,
    method: method.toUpperCase(),
    path,
    title: operation.summary ?? path,
    meaning: operation.description ?? '',
    parameters: parametersOf(operation).map(({ name, description, required, schema }) => ({
      ...{ name, alike: [], meaning: description ?? '', required: required === true },
      ...(schema ? { type: sayType(document, schema), usual: usualOf(schema) } : { type: 'text', usual: undefined }),
    })),
    body: fieldsOf(document, bodyOf(operation)?.schema),
    curl: curlOf(place),
    answers: all
      .filter(({ status }) => status < '400')
      .map(({ status, response }) => {
        const content = jsonOf(response.content)
        const example = content?.example === undefined ? undefined : laidOut(content.example)
        return { status, meaning: response.description, example, fields: fieldsOf(document, content?.schema) }
      }),
    refusals: all
      .filter(({ status }) => status >= '400')
      .map(({ status, response }) => ({ status, meaning: response.description })),
  }
}

function parametersOf({ parameters = [] }: Operation) {
  return parameters.flatMap((parameter) => ('$ref' in parameter ? [] : [parameter]))
}

function bodyOf({ requestBody }: Operation) {
  return requestBody && !('$ref' in requestBody) ? jsonOf(requestBody.content) : undefined
}

function jsonOf(content: Content | undefined) {
  return content?.['application/json']
}

function resolve(document: ApiDocument, schema: Schema): Schema {
  const name = schema.$ref?.slice('#/components/schemas/'.length)
  const meant = name === undefined ? undefined : document.components?.schemas?.[name]
  return meant ?? schema
}

function usualOf(schema: Schema): string | undefined {
  return 'default' in schema && schema.default !== undefined ? sayValue(schema.default) : undefined
}

/** 'whole number from 1 to 1000', 'one of a, b', 'list of text' ... */
function sayType(document: ApiDocument, asGiven: Schema): string {
  const schema = resolve(document, asGiven)
  if ('$ref' in schema) return 'value'
  const { enum: values, anyOf, oneOf, items, minimum, maximum } = schema
  if (values) return values.length === 1 ? sayValue(values[0]) : `one of ${values.map(sayValue).join(', ')}`
  const choices = anyOf ?? oneOf
  if (choices) return choices.map((choice) => sayType(document, choice)).join(' or ')
  const types = [schema.type ?? []].flat().map((type) => {
    if (type === 'array') return items ? `list: ${sayType(document, items).replace(/^one of /, 'any of ')}` : 'list'
    if (type === 'integer' && minimum !== undefined && maximum !== undefined) {
      return `${TYPES.integer} from ${minimum} to ${maximum}`
    }
    return type === 'string' && schema.format === 'date' ? 'day' : TYPES[type]
  })
  return types.length === 0 ? 'value' : types.join(' or ')
}

const TYPES = {
  array: 'list',
  boolean: 'true or false',
  integer: 'whole number',
  null: 'null',
  number: 'number',
  object: 'object',
  string: 'text',
}

function sayValue(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

type Shared = Pick<Field, 'alike' | 'required'>

/** The leaves of an object, by their way to them: `results[].date`. Neighbours that are the same share a row. */
function fieldsOf(
  document: ApiDocument,
  asGiven: Schema | undefined,
  way = '',
  shared: Shared = { alike: [], required: true },
): readonly Field[] {
  if (!asGiven) return []
  const { schema, way: name, meaning } = within(document, asGiven, way)
  if ('$ref' in schema) return []
  const { properties, additionalProperties: others, required = [] } = schema
  if (properties) {
    return grouped(properties, required).flatMap(({ names: [first = '', ...alike], schema, required }) =>
      fieldsOf(document, schema, name === '' ? first : `${name}.${first}`, {
        alike: [...shared.alike, ...alike],
        required: shared.required && required,
      }),
    )
  }
  const leaf = { ...shared, meaning, usual: usualOf(asGiven) }
  if (typeof others === 'object') return [{ ...leaf, name: `${name}.<name>`, type: sayType(document, others) }]
  return [{ ...leaf, name, type: sayType(document, schema) }]
}

/** What a list of objects holds is described as if it stood there. */
function within(document: ApiDocument, asGiven: Schema, way: string): { schema: Schema; way: string; meaning: string } {
  const schema = resolve(document, asGiven)
  const meaning = asGiven.description ?? schema.description ?? ''
  if ('$ref' in schema || !schema.items) return { schema, way, meaning }
  const item = resolve(document, schema.items)
  const isObject = !('$ref' in item) && item.type === 'object'
  return isObject ? { schema: item, way: `${way}[]`, meaning } : { schema, way, meaning }
}

function grouped(properties: Record<string, Schema>, requiredNames: readonly string[]) {
  const groups: { names: string[]; required: boolean; schema: Schema }[] = []
  for (const [name, schema] of Object.entries(properties)) {
    const required = requiredNames.includes(name)
    const last = groups.at(-1)
    const isSame = last && last.required === required && JSON.stringify(last.schema) === JSON.stringify(schema)
    if (isSame) last.names.push(name)
    else groups.push({ names: [name], required, schema })
  }
  return groups
}

/** JSON with a line for each object that holds no other. */
function laidOut(value: unknown, indent = ''): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const deeper = `${indent}  `
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}']
  const parts = Object.entries(value).map(
    ([name, part]) => `${Array.isArray(value) ? '' : `${JSON.stringify(name)}: `}${laidOut(part, deeper)}`,
  )
  const isLeaf = Object.values(value).every((part) => typeof part !== 'object' || part === null)
  if (isLeaf) return Array.isArray(value) ? `[${parts.join(', ')}]` : `{ ${parts.join(', ')} }`
  return `${open}\n${parts.map((part) => deeper + part).join(',\n')}\n${indent}${close}`
}

function curlOf({ address, path, method, operation }: Place): string {
  const given = parametersOf(operation).flatMap(({ name, in: where, example }) =>
    example === undefined
      ? []
      : [{ name, where, value: Array.isArray(example) ? example.join(',') : sayValue(example) }],
  )
  const within = given
    .filter(({ where }) => where === 'path')
    .reduce((path, { name, value }) => path.replace(`{${name}}`, readable(value)), path)
  const query = given.filter(({ where }) => where === 'query').map(({ name, value }) => `${name}=${readable(value)}`)
  const url = `${address}${within}${query.length === 0 ? '' : `?${query.join('&')}`}`
  const body = bodyOf(operation)?.example
  return [
    'curl',
    ...(method === 'get' ? [] : [`-X ${method.toUpperCase()}`]),
    ...(operation.security?.some((scheme) => 'bearerAuth' in scheme) ? ["-H 'Authorization: Bearer <token>'"] : []),
    ...(body === undefined ? [] : ["-H 'Content-Type: application/json'", `-d ${quoted(JSON.stringify(body))}`]),
    quoted(url),
  ].join(' ')
}

/** As encoded as it must be, and as plain as it can be. */
function readable(value: string): string {
  return encodeURIComponent(value)
    .replace(/%(?:2C|2F|3A|3D)/g, decodeURIComponent)
    .replaceAll("'", '%27')
}

/** For a POSIX shell. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}
