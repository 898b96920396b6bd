import { act, renderHook } from '@testing-library/react'
import type { VirtualizerHandle } from 'virtua'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Message } from '@/core/api'
import type { Row } from '../rows/build-rows'
import { useReadMarking } from './useReadMarking'

const marked = vi.hoisted(() => vi.fn())
vi.mock('../../read/read-marks', () => ({ markRead: marked }))
vi.mock('@/log', () => ({ sentKey: () => undefined }))
vi.mock('../../pane/pane-context', () => ({ usePane: () => ({ me: '1' }) }))

const rows = ['1', '2', '3', '4'].map(id => rowOf({ id, seq: Number(id), kind: 'text', sender: '2' } as Message))
const view = { top: 0 }

beforeEach(() => {
  vi.useFakeTimers()
  vi.spyOn(document, 'hasFocus').mockReturnValue(true)
  marked.mockClear()
  view.top = 0
})

afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

test('what was in sight for half a second is read, up to the last message of which half shows', () => {
  open()
  act(() => vi.advanceTimersByTime(499))
  expect(marked).not.toHaveBeenCalled()
  act(() => vi.advanceTimersByTime(1))
  expect(marked).toHaveBeenCalledExactlyOnceWith('c', '2')
})

test('what only flew by is not', () => {
  const { result } = open()
  act(() => vi.advanceTimersByTime(300))
  view.top = 200
  result.current()
  act(() => vi.advanceTimersByTime(300))
  expect(marked).not.toHaveBeenCalled()
  act(() => vi.advanceTimersByTime(200))
  expect(marked).toHaveBeenCalledExactlyOnceWith('c', '4')
})

test('a window without the focus reads nothing, until it gets it', () => {
  const focus = vi.spyOn(document, 'hasFocus').mockReturnValue(false)
  open()
  act(() => vi.advanceTimersByTime(2_000))
  expect(marked).not.toHaveBeenCalled()
  focus.mockReturnValue(true)
  window.dispatchEvent(new Event('focus'))
  act(() => vi.advanceTimersByTime(500))
  expect(marked).toHaveBeenCalledOnce()
})

test('nothing is read on the way to somewhere else', () => {
  open(true)
  act(() => vi.advanceTimersByTime(2_000))
  expect(marked).not.toHaveBeenCalled()
})

test('what came late to a place above is read when it comes into sight', () => {
  const late = { id: '0', seq: 5, kind: 'text', sender: '2' } as Message
  view.top = 300
  const { result } = open(false, [rowOf(late), ...rows], 4)
  act(() => vi.advanceTimersByTime(600))
  expect(marked).not.toHaveBeenCalled()
  view.top = 0
  result.current()
  act(() => vi.advanceTimersByTime(600))
  expect(marked).toHaveBeenCalledExactlyOnceWith('c', '0')
})

function rowOf(message: Message): Row {
  return { kind: 'message', key: message.id, message, continued: false, endsRun: true, nextMine: null }
}

/** Rows of 100 px in a window of 250 px, 40 px of it below the second row's end. */
function open(isPaused = false, shown = rows, read_seq = 0) {
  const list = {
    get scrollOffset() {
      return view.top
    },
    viewportSize: 240,
    findItemIndex: (offset: number) => Math.min(shown.length - 1, Math.floor(offset / 100)),
    getItemOffset: (index: number) => index * 100,
    getItemSize: () => 100,
  } as unknown as VirtualizerHandle
  return renderHook(() => useReadMarking({ id: 'c', read_seq }, shown, { current: list }, 0, { current: isPaused }))
}
