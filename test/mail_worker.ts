// A Worker that sends what it is posted by mailer_http.ts and answers how that went, for mailer.test.ts.
import * as z from 'zod/mini'
import { MailError } from '../dashboard/mailer.ts'
import { createHttpMailer } from '../dashboard/mailer_http.ts'

const ASKED = z.object({
  mail: z.object({ from: z.object({ name: z.string(), address: z.string() }), url: z.string(), token: z.string() }),
  timeout: z.number(),
  message: z.object({ to: z.string(), subject: z.string(), text: z.string(), html: z.string() }),
})

export default {
  async fetch(request: Request): Promise<Response> {
    const { message, ...setup } = ASKED.parse(await request.json())
    try {
      await createHttpMailer(setup).send(message)
      return new Response('sent')
    } catch (error) {
      return new Response(error instanceof MailError ? error.code : String(error))
    }
  },
}
