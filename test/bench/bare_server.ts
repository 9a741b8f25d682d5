// The ceiling of the ingest bench: a bare Hono server on the same Node that parses the same JSON and answers 202.
// Started by ingest.ts as a process of its own; says its port.
import { serve } from '@hono/node-server'
import { Hono } from 'hono'

const app = new Hono()
app.post('/api/event', async (context) => {
  await context.req.json()
  return new Response(null, { status: 202, headers: { 'content-length': '0' } })
})
const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => process.send?.({ port }))
process.once('disconnect', () => server.close(() => process.exit(0)))
