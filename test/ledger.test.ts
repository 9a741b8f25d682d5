// The ledger and the orders beside the settings: what is written with which change, and that nothing of it goes.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createLedger, type Ledger } from '../collector/ledger.ts'
import { giveReceipt, markForgotten, readOrders } from '../collector/orders.ts'
import { carrying } from '../collector/replay.ts'
import { createSites, type Sites } from '../collector/sites.ts'
import { openSqliteSettings, type SqliteSettings } from '../collector/sites_sqlite.ts'

let directory: string
let store: SqliteSettings
let sites: Sites
let ledger: Ledger
let clock: number

beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'sundial-ledger-'))
  store = openSqliteSettings(path.join(directory, 'settings.db'))
  clock = Date.UTC(2026, 10, 22, 9, 30, 0, 900)
  sites = createSites({ db: store, now: () => clock, report: () => {} })
  ledger = createLedger({ db: store })
})

afterEach(() => {
  store.close()
  rmSync(directory, { recursive: true })
})

describe('the ledger', () => {
  it('holds every setting of a site that was added, and what each change changed, at the second', async () => {
    await sites.add({ domain: 'example.com', timezone: 'Europe/Paris' })
    clock += 60_000
    await sites.set('example.com', { k: 10, properties: ['plan'] })
    expect(await ledger.entries(1)).toMatchObject([
      {
        at: '2026-11-22T09:30:00Z',
        site: 1,
        domain: 'example.com',
        action: 'added',
        details: { after: { k: 5, anonymizationDays: 62, retentionDays: 396, timezone: 'Europe/Paris' } },
      },
      {
        at: '2026-11-22T09:31:00Z',
        action: 'changed',
        details: { before: { k: 5, properties: [] }, after: { k: 10, properties: ['plan'] } },
      },
    ])
    expect(await ledger.entries(2)).toEqual([])
  })

  it('keeps a renamed site’s entries together, and says what it was called', async () => {
    await sites.add({ domain: 'old.example', hosts: [] })
    await sites.set('old.example', { domain: 'new.example', retentionDays: 200 })
    expect(await ledger.entries(1)).toMatchObject([
      { action: 'added', domain: 'old.example' },
      {
        action: 'changed',
        domain: 'new.example',
        details: { before: { domain: 'old.example' }, after: { domain: 'new.example' } },
      },
    ])
    expect(await readOrders(store)).toMatchObject([{ site: 1, domain: 'new.example', action: 'shortened' }])
  })

  it('says nothing of whose a site is', async () => {
    await sites.add({ domain: 'example.com', organization: 'organization-4711' })
    await sites.set('example.com', { public: true, goals: ['signup'] })
    await sites.remove('example.com')
    const said = JSON.stringify([await ledger.entries(), await readOrders(store)])
    expect(said).not.toMatch(/4711|organization|closed/)
    expect(said).toContain('"after":{"public":true,"goals":["signup"]}')
  })

  it('says that somebody is responsible, never who: a person can be taken out of the settings, not out of the ledger', async () => {
    await sites.add({ domain: 'example.com', controller: 'Ann Example' })
    await sites.set('example.com', { controller: 'Bob Example, bob@example.com' })
    await sites.set('example.com', { controller: '' })
    await sites.set('example.com', { controller: 'Ann Example' })
    await sites.remove('example.com')
    const said = JSON.stringify([await ledger.entries(), await readOrders(store)])
    expect(said).not.toMatch(/Ann|Bob/)
    expect(
      (await ledger.entries()).map(({ details: { before, after } }) => [before?.controller, after?.controller]),
    ).toEqual([
      [undefined, '(named)'],
      ['(named)', '(named)'],
      ['(named)', ''],
      ['', '(named)'],
    ])
  })

  it('says nothing of a change that was refused or changes nothing', async () => {
    await sites.add({ domain: 'example.com' })
    await sites.set('example.com', { k: 7 })
    await sites.set('example.com', { k: 5, retentionDays: 396 })
    await sites.add({ domain: 'example.com' })
    expect((await ledger.entries()).map(({ action }) => action)).toEqual(['added'])
    expect(await readOrders(store)).toEqual([])
  })

  it('can be neither changed nor shortened, by nobody', async () => {
    await sites.add({ domain: 'example.com' })
    await expect(store.run("UPDATE ledger SET domain = 'other'")).rejects.toThrow('append-only')
    await expect(store.run('DELETE FROM ledger')).rejects.toThrow('append-only')
    expect(await ledger.entries()).toHaveLength(1)
  })

  it('takes no action that is not in the list', async () => {
    const act = { at: '2026-11-22T09:30:00Z', site: 1, domain: 'a.example', details: {} }
    // @ts-expect-error: what types refuse the store refuses as well.
    await expect(ledger.append({ ...act, action: 'forged' })).rejects.toThrow('CHECK')
  })
})

describe('an order', () => {
  it('stands beside the longer period of the same change, which is in force at once', async () => {
    await sites.add({ domain: 'example.com' })
    await sites.set('example.com', { k: 10, anonymizationDays: 90, retentionDays: 200 })
    expect((await ledger.entries()).slice(1)).toMatchObject([
      { action: 'changed', details: { before: { k: 5 }, after: { k: 10 } } },
      { action: 'lengthened', details: { before: { anonymizationDays: 62 }, after: { anonymizationDays: 90 } } },
    ])
    expect(await readOrders(store)).toMatchObject([
      {
        action: 'shortened',
        site: 1,
        forgotten: false,
        details: { before: { retentionDays: 396 }, after: { retentionDays: 200 } },
      },
    ])
  })

  it('is written with the settings it removes, or neither is', async () => {
    await sites.add({ domain: 'example.com' })
    await store.run("CREATE TRIGGER full BEFORE DELETE ON sites BEGIN SELECT RAISE(ABORT, 'disk full'); END")
    await expect(sites.remove('example.com')).rejects.toThrow('disk full')
    expect(await readOrders(store)).toEqual([])
    await store.run('DROP TRIGGER full')
    await sites.remove('example.com')
    expect(await readOrders(store)).toMatchObject([{ action: 'deleted', site: 1, domain: 'example.com' }])
  })

  it('goes with its receipt, and gives one only, however often it was carried out', async () => {
    await sites.add({ domain: 'example.com' })
    await sites.anonymize('example.com')
    const [order] = await readOrders(store)
    if (!order) throw new Error('no order')
    await markForgotten(store, order)
    expect(await readOrders(store)).toEqual([{ ...order, forgotten: true }])
    await giveReceipt(store, order, { watermark: '2026-11-22' })
    await giveReceipt(store, order, { watermark: '2026-11-23' })
    expect(await readOrders(store)).toEqual([])
    expect((await ledger.entries()).slice(1)).toMatchObject([
      { action: 'anonymized', site: 1, domain: 'example.com', details: { watermark: '2026-11-22' } },
    ])
  })

  it('that is carried into a restored store holds there at once, for what is counted next as well', async () => {
    await sites.add({ domain: 'example.com' })
    await sites.add({ domain: 'gone.example' })
    await sites.set('example.com', { retentionDays: 200 })
    await sites.remove('gone.example')
    const ordered = await readOrders(store)
    const restored = openSqliteSettings(path.join(directory, 'restored.db'))
    try {
      const again = createSites({ db: restored, now: () => clock, report: () => {} })
      await again.add({ domain: 'example.com' })
      await again.add({ domain: 'gone.example' })
      await restored.batch(ordered.flatMap(carrying))
      expect(await readOrders(restored)).toEqual(ordered)
      clock += 60_000
      await again.fresh()
      expect(again.all()).toMatchObject([{ domain: 'example.com', anonymizationDays: 62, retentionDays: 200 }])
    } finally {
      restored.close()
    }
  })
})
