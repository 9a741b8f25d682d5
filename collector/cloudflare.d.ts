// The part of Cloudflare's runtime that Sundial stands on, declared here so that Node's and the browser's types stay as they are.
// https://developers.cloudflare.com/durable-objects/api/

interface DurableObjectStorage {
  sql: {
    exec(
      query: string,
      ...bindings: (string | number | null | ArrayBuffer | Uint8Array)[]
    ): Iterable<Record<string, ArrayBuffer | string | number | null>>
  }
  transactionSync<T>(closure: () => T): T
  setAlarm(scheduledTime: number): Promise<void>
}

interface DurableObjectState {
  storage: DurableObjectStorage
}

interface DurableObjectNamespace<Stub> {
  getByName(name: string): Stub
}

interface ExecutionContext {
  waitUntil(work: Promise<unknown>): void
  passThroughOnException(): void
  props: unknown
}

/** https://developers.cloudflare.com/workers/runtime-apis/scheduler/ */
interface Scheduler {
  wait(milliseconds: number): Promise<void>
}

interface ScheduledController {
  scheduledTime: number
  cron: string
}

/** What a Worker's entry exports. */
interface WorkerHandlers<Env> {
  fetch(request: Request, env: Env, context: ExecutionContext): Response | Promise<Response>
  scheduled(controller: ScheduledController, env: Env, context: ExecutionContext): Promise<void>
}

declare module 'cloudflare:workers' {
  export abstract class DurableObject<Env> {
    protected ctx: DurableObjectState
    protected env: Env
    constructor(ctx: DurableObjectState, env: Env)
  }
}
