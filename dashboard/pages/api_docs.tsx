// The API's documentation: every operation of its OpenAPI document. Shown by api/docs.tsx.
import type { FC } from 'hono/jsx'
import type { ApiDocument } from '../api/description.ts'
import { type Described, type Field, operationsOf } from '../api/operation.ts'
import { FAVICON, Mark } from './layout.tsx'

interface ApiDocsProps {
  document: ApiDocument
  /** Where the API is: 'https://stats.example.com/base'. */
  address: string
  basePath: string
  /** Changes whenever the stylesheet does. */
  version: string
}

const ICON = `data:image/svg+xml,${encodeURIComponent(FAVICON)}`

export const ApiDocsPage: FC<ApiDocsProps> = ({ document, address, basePath, version }) => {
  const operations = operationsOf(document, address)
  const { title, description = '' } = document.info
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        <title>{title}</title>
        <link rel="icon" href={ICON} type="image/svg+xml" />
        <link rel="stylesheet" href={`${basePath}/api/docs.css?v=${version}`} />
      </head>
      <body>
        <div class="page open docs">
          <header class="top">
            <a class="brand" href={`${basePath}/`}>
              <Mark />
              <span class="site">Sundial</span>
            </a>
            <nav class="choices" aria-label="About the API">
              <a href={`${basePath}/api/docs`} aria-current="page">
                Documentation
              </a>
              <a href={`${basePath}/api/openapi.json`}>OpenAPI</a>
            </nav>
          </header>
          <main>
            <section class="hero">
              <h1>{title}</h1>
              <Words of={description} />
            </section>
            <div class="told">
              <Contents operations={operations} />
              <div class="sections">
                <Authorization document={document} />
                {operations.map((operation) => (
                  <Operation of={operation} />
                ))}
              </div>
            </div>
          </main>
        </div>
      </body>
    </html>
  )
}

const Contents: FC<{ operations: readonly Described[] }> = ({ operations }) => (
  <nav class="contents" aria-label="On this page">
    <ol>
      <li>
        <a href="#authorization">Authorization</a>
      </li>
      {operations.map(({ id, title }) => (
        <li>
          <a href={`#${id}`}>{title}</a>
        </li>
      ))}
    </ol>
  </nav>
)

const Authorization: FC<{ document: ApiDocument }> = ({ document }) => {
  const bearer = document.components?.securitySchemes?.bearerAuth
  return (
    <section class="panel" id="authorization">
      <h2>Authorization</h2>
      <p>
        A request says who asks by the header <code>{'Authorization: Bearer <token>'}</code>.
      </p>
      <Words of={bearer?.description ?? ''} />
      <h3>Errors</h3>
      <p>
        Whatever is refused is answered by <code>{'{"error": "..."}'}</code>: sentences that name every problem at once,
        for people to read. Programs go by the status.
      </p>
    </section>
  )
}

const Operation: FC<{ of: Described }> = ({ of }) => {
  const { id, title, method, path, meaning, curl, parameters, body, answers, refusals } = of
  return (
    <section class="panel" id={id}>
      <h2>{title}</h2>
      <p class="route">
        <b>{method}</b>
        <code>{path}</code>
      </p>
      <Words of={meaning} />
      <pre class="tag">{curl}</pre>
      {parameters.length > 0 && (
        <>
          <h3>Parameters</h3>
          <Fields of={parameters} optional="" />
        </>
      )}
      {body.length > 0 && (
        <>
          <h3>Body, as JSON</h3>
          <Fields of={body} optional="" />
        </>
      )}
      {answers.map(({ status, meaning, example, fields }) => (
        <>
          <h3>Answer {status}</h3>
          <Words of={meaning} />
          {example !== undefined && <pre class="tag">{example}</pre>}
          {fields.length > 0 && <Fields of={fields} optional="where there is one" />}
        </>
      ))}
      {refusals.length > 0 && <Refusals of={refusals} />}
    </section>
  )
}

/** One list of parameters or of fields; what `optional` says stands at those that may be missing, else at the others. */
const Fields: FC<{ of: readonly Field[]; optional: string }> = ({ of, optional }) => (
  <table class="told-rows">
    <thead>
      <tr>
        <th scope="col">Name</th>
        <th scope="col">Type</th>
        <th scope="col">Meaning</th>
      </tr>
    </thead>
    <tbody>
      {of.map(({ name, alike, type, required, usual, meaning }) => (
        <tr>
          <th scope="row">
            <code>{name}</code>
            {alike.length > 0 && <small>{`likewise ${alike.join(', ')}`}</small>}
            {optional === '' && required && <small class="must">required</small>}
            {optional !== '' && !required && <small>{optional}</small>}
          </th>
          <td>
            {type}
            {usual !== undefined && <small>{`${usual} if not given`}</small>}
          </td>
          <td>
            <Words of={meaning} />
          </td>
        </tr>
      ))}
    </tbody>
  </table>
)

const Refusals: FC<{ of: Described['refusals'] }> = ({ of }) => (
  <>
    <h3>Errors</h3>
    <table class="told-rows of-errors">
      <thead>
        <tr>
          <th scope="col">Status</th>
          <th scope="col">Meaning</th>
        </tr>
      </thead>
      <tbody>
        {of.map(({ status, meaning }) => (
          <tr>
            <th scope="row">{status}</th>
            <td>{meaning}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </>
)

/** Paragraphs, lists with a dash and `code`: as much of CommonMark as the descriptions use. */
const Words: FC<{ of: string }> = ({ of }) => (
  <>
    {of
      .split('\n\n')
      .filter((part) => part !== '')
      .map((part) =>
        part.startsWith('- ') ? (
          <ul class="list">
            {part.split('\n').map((item) => (
              <li>
                <Line of={item.slice('- '.length)} />
              </li>
            ))}
          </ul>
        ) : (
          <p>
            <Line of={part} />
          </p>
        ),
      )}
  </>
)

/** Every second piece stood between backquotes. */
const Line: FC<{ of: string }> = ({ of }) => (
  <>{of.split('`').map((piece, place) => (place % 2 === 1 ? <code>{piece}</code> : piece))}</>
)
