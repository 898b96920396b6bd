import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Message } from '@/core/api'
import { type Cache, openCache, wipeCache } from '@/core/cache'
import { resetUnkept, unkeptStore } from '@/log/saved/unkept.ts'
import { textContent } from '@/log/testing/random.ts'
import {
  allDrafts,
  clearDraft,
  draftOf,
  dropEdit,
  editOf,
  forgetQuotedInDrafts,
  leaveDrafts,
  saveDraftsNow,
  setDraft,
  setEdit,
  startDrafts,
  stopDrafts,
  writtenIn,
} from './drafts-store.ts'

const message = (id: string, text = 'before') => ({ id, conversation: '5', content: textContent(text) }) as Message
const quote = { id: '70', sender: '2', text: 'secret', recalled: false }
let cache: Cache

beforeEach(async () => {
  await wipeCache('1')
  cache = (await openCache('1')) as Cache
  await startDrafts(cache, '1')
})

afterEach(() => {
  stopDrafts()
  resetUnkept()
  cache.close()
})

/** As after a reload: what is stored, and nothing else. */
async function comeBack(): Promise<void> {
  saveDraftsNow()
  await vi.waitFor(async () => expect(await cache.all('drafts')).toHaveLength(draftOf('5') ? 1 : 0))
  stopDrafts()
  await startDrafts(cache, '1')
}

describe('a page that goes before it stored what was written', () => {
  /** The database does not get to it any more. */
  async function vanish(): Promise<void> {
    const put = vi.spyOn(cache, 'put').mockReturnValue(new Promise(() => {}))
    const remove = vi.spyOn(cache, 'remove').mockReturnValue(new Promise(() => {}))
    leaveDrafts()
    put.mockRestore()
    remove.mockRestore()
    stopDrafts()
    await startDrafts(cache, '1')
  }

  test('leaves it to the next', async () => {
    setDraft('5', textContent('half a'), null)
    setEdit(message('60'), textContent('after'))
    await vanish()
    expect(draftOf('5')?.content).toEqual(textContent('half a'))
    expect(editOf('5', '60')?.content).toEqual(textContent('after'))
    expect(localStorage.length).toBe(0)
    expect(await cache.all('drafts')).toHaveLength(1)
  })

  test('leaves that a draft was sent', async () => {
    setDraft('5', textContent('half a'), null)
    await comeBack()
    clearDraft('5')
    await vanish()
    expect(draftOf('5')).toBeUndefined()
  })

  test('does not undo what another tab wrote later', async () => {
    setDraft('5', textContent('older'), null)
    const newer = { conversation: '5', content: textContent('newer'), reply_to: null, at: Date.now() + 1_000 }
    await cache.put('drafts', newer)
    await vanish()
    expect(draftOf('5')?.content).toEqual(textContent('newer'))
  })

  test('leaves nothing once it is stored after all', async () => {
    setDraft('5', textContent('half a'), null)
    leaveDrafts()
    await vi.waitFor(() => expect(localStorage.length).toBe(0))
    expect(await cache.all('drafts')).toHaveLength(1)
  })

  test('leaves nothing for others when its person signs out', async () => {
    setDraft('5', textContent('half a'), null)
    leaveDrafts()
    await wipeCache('1')
    expect(localStorage.length).toBe(0)
  })
})

describe('an edit that was begun', () => {
  test('is there after a reload, beside what was being written', async () => {
    setDraft('5', textContent('next'), quote)
    setEdit(message('60'), textContent('after'))
    await comeBack()
    expect(editOf('5', '60')).toEqual({ message: message('60'), content: textContent('after') })
    expect(draftOf('5')).toMatchObject({ content: textContent('next'), reply_to: quote })
  })

  test('outlives the message written beside it, and that message outlives it', () => {
    setDraft('5', textContent('next'), null)
    setEdit(message('60'), textContent('after'))
    clearDraft('5')
    expect(editOf('5', '60')?.content).toEqual(textContent('after'))
    setDraft('5', textContent('more'), null)
    dropEdit('5', '60')
    expect(draftOf('5')?.content).toEqual(textContent('more'))
    clearDraft('5')
    expect(draftOf('5')).toBeUndefined()
  })

  test('of two messages is kept for each', () => {
    setEdit(message('60'), textContent('one'))
    setEdit(message('61'), textContent('two'))
    setEdit(message('60'), textContent('one more'))
    expect(draftOf('5')?.edits?.map(edit => edit.message.id)).toEqual(['61', '60'])
  })

  test('is none when the words are as before', () => {
    setEdit(message('60'), textContent('after'))
    setEdit(message('60'), textContent('before'))
    expect(draftOf('5')).toBeUndefined()
  })

  test('is what the list shows when nothing else is written', () => {
    setEdit(message('60'), textContent('after'))
    expect(writtenIn(draftOf('5') as NonNullable<ReturnType<typeof draftOf>>)).toEqual(textContent('after'))
  })
})

describe('drafts', () => {
  test('show nothing of a quoted message that was recalled', async () => {
    setDraft('5', textContent('my answer'), quote)
    forgetQuotedInDrafts('5', '71')
    expect(draftOf('5')?.reply_to?.text).toBe('secret')
    forgetQuotedInDrafts('5', '70')
    await comeBack()
    expect(draftOf('5')).toMatchObject({ content: textContent('my answer'), reply_to: { text: '', recalled: true } })
  })

  test('that cannot be stored stay, and are said to be in memory alone', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => {})
    vi.spyOn(cache, 'put').mockRejectedValueOnce(new DOMException('full', 'QuotaExceededError'))
    setDraft('5', textContent('long'), null)
    saveDraftsNow()
    await vi.waitFor(() => expect([...unkeptStore.getState().names]).toEqual(['draft 5']))
    expect(draftOf('5')?.content).toEqual(textContent('long'))
    setDraft('5', textContent('longer'), null)
    saveDraftsNow()
    await vi.waitFor(() => expect(unkeptStore.getState().names.size).toBe(0))
  })

  test('in a browser without storage are said to be in memory alone', async () => {
    stopDrafts()
    await startDrafts(null, '1')
    setDraft('5', textContent('private'), null)
    saveDraftsNow()
    await vi.waitFor(() => expect([...unkeptStore.getState().names]).toEqual(['draft 5']))
  })

  test('of another tab count when somebody signs out; a quote without words does not', async () => {
    await cache.put('drafts', { conversation: '6', content: textContent('other tab'), reply_to: null, at: 1 })
    setDraft('5', { blocks: [] }, quote)
    expect((await allDrafts()).map(draft => draft.conversation)).toEqual(['6'])
    setDraft('7', textContent('just now'), null)
    expect((await allDrafts()).map(draft => draft.conversation)).toEqual(['6', '7'])
    await cache.remove('drafts', '7') // another tab sent it
    expect((await allDrafts()).map(draft => draft.conversation)).toEqual(['6'])
  })
})
