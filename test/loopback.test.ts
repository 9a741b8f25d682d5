// Which hosts are this machine's own, as settings, URLs and sockets write them.
import { expect, test } from 'vitest'
import { isLoopback } from '../collector/loopback.ts'

test.each(['localhost', 'LOCALHOST', '127.0.0.1', '127.8.9.10', '::1', '[::1]', '::ffff:127.0.0.1'])(
  '%s is this machine',
  (host) => {
    expect(isLoopback(host)).toBe(true)
  },
)

test.each(['', '0.0.0.0', '::', '127.evil.example', '127.0.0.1.evil.example', 'localhost.example', '::ffff:10.0.0.1'])(
  '%j is not',
  (host) => {
    expect(isLoopback(host)).toBe(false)
  },
)
