import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { arrivingStore, bring, isStopped } from './arriving'

const here = new Response(null, { status: 204 })
let answers: Response[]

function refused(code: string, details: object, after = '1'): Response {
  const headers = { 'Content-Type': 'application/problem+json', 'Retry-After': after }
  return new Response(JSON.stringify({ status: 503, code, details }), { status: 503, headers })
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  vi.stubGlobal(
    'fetch',
    vi.fn(async () => answers.shift() ?? here.clone()),
  )
})

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

test('what is on its way is asked for again until it is here, also through a cut', async () => {
  answers = [
    refused('files.on_its_way', { received: 65_536, size: 200_000, site: 2, name: '上海' }),
    refused('files.elsewhere', { site: 2, name: '上海' }, '10'),
  ]
  const brought = bring('5', '7')
  expect(bring('5', '7')).toBe(brought)
  await vi.waitFor(() => expect(arrivingStore.getState()['7']).toMatchObject({ received: 65_536, away: null }))
  await vi.advanceTimersByTimeAsync(1_000)
  await vi.waitFor(() => expect(arrivingStore.getState()['7']?.away?.code).toBe('files.elsewhere'))
  expect(arrivingStore.getState()['7']?.received).toBe(65_536)
  await vi.advanceTimersByTimeAsync(10_000)
  await brought
  expect(arrivingStore.getState()).toEqual({})
  expect(fetch).toHaveBeenCalledTimes(3)
})

test('waiting is stopped at once, and what is lost is said', async () => {
  answers = [refused('files.elsewhere', { site: 2, name: '上海' }, '600')]
  const stopped = bring('5', '7').catch(cause => cause)
  await vi.waitFor(() => expect(arrivingStore.getState()['7']).toBeDefined())
  arrivingStore.getState()['7']?.stop()
  expect(isStopped(await stopped)).toBe(true)
  expect(arrivingStore.getState()).toEqual({})
  answers = [refused('files.bytes_missing', {})]
  await expect(bring('5', '7')).rejects.toMatchObject({ code: 'files.bytes_missing' })
})
