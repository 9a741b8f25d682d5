// The schemas of an OpenAPI document, to hold real answers against. What a schema does not name is not allowed here.
import * as z from 'zod'

const DOCUMENT = z.object({
  components: z.object({ schemas: z.record(z.string(), z.looseObject({})) }),
  paths: z.record(
    z.string(),
    z.record(
      z.string(),
      z.object({
        responses: z.record(
          z.string(),
          z.object({
            content: z.object({
              'application/json': z.object({ schema: z.looseObject({}), example: z.unknown().optional() }),
            }),
          }),
        ),
      }),
    ),
  ),
})

export type AnswerSchema = z.ZodType

/** Gives the schema of an answer, by path, status and method. */
export function answerSchemas(document: unknown): (path: string, status: number, method?: string) => AnswerSchema {
  const { components, paths } = DOCUMENT.parse(closed(document))
  return (path, status, method = 'get') => {
    const schema = paths[path]?.[method]?.responses[status]?.content['application/json'].schema
    if (!schema) throw new Error(`${method} ${path} describes no answer ${status}`)
    return z.fromJSONSchema({ ...schema, $defs: components.schemas })
  }
}

/** JSON Schema allows any further property, and has its definitions elsewhere than OpenAPI. */
function closed(document: unknown): unknown {
  const text = JSON.stringify(document).replaceAll('#/components/schemas/', '#/$defs/')
  return JSON.parse(text, (_, value) =>
    value?.type === 'object' && value.additionalProperties === undefined
      ? { ...value, additionalProperties: false }
      : value,
  )
}
