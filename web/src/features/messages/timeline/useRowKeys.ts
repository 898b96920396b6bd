import { type FocusEvent, type KeyboardEvent, type RefObject, useEffect } from 'react'
import type { VirtualizerHandle } from 'virtua'
import { isComposing } from '@/core/keys'
import { attend } from '../pane/attended'
import type { Pane } from '../pane/pane-context'
import { actionsFor } from './message/MessageMenu'
import { type Row, rowOf } from './rows/build-rows'

/** Keys of the timeline: the arrows go from message to message; on one, what can be done with it has keys (`messageActions`). */
export function useRowKeys(rows: readonly Row[], list: RefObject<VirtualizerHandle | null>, pane: Pane) {
  useEffect(() => () => attend(null), [])
  return { onKeyDown, onFocus, onBlur }

  function onFocus({ target }: FocusEvent<HTMLElement>): void {
    const row = rows[rowOf(rows, target.dataset.message ?? '')]
    attend(row?.kind === 'message' && !row.message.recalled ? { message: row.message, pane } : null)
  }

  /** Whoever goes on to write is done with it; the palette is elsewhere on the page. */
  function onBlur({ relatedTarget, currentTarget }: FocusEvent<HTMLElement>): void {
    if (currentTarget.closest('section')?.contains(relatedTarget)) attend(null)
  }

  function onKeyDown(event: KeyboardEvent<HTMLElement>): void {
    if (isComposing(event.nativeEvent) || event.ctrlKey || event.metaKey || event.altKey) return
    const target = event.target as HTMLElement
    const onRow = target.hasAttribute('data-message')
    if (!onRow && target !== event.currentTarget) return
    if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
      event.preventDefault()
      move(event.currentTarget, target, event.key === 'ArrowUp' ? -1 : 1)
    } else if (onRow && !event.shiftKey) act(event, target)
  }

  function move(scroller: HTMLElement, from: HTMLElement, step: 1 | -1): void {
    const current = rowOf(rows, from.dataset.message ?? '')
    let index = current < 0 ? (step < 0 ? rows.length - 1 : 0) : current + step
    while (index >= 0 && index < rows.length && !hasMessage(rows[index])) index += step
    const row = rows[index]
    if (!row || !('message' in row)) return
    list.current?.scrollToIndex(index, { align: 'nearest' })
    const { id } = row.message
    requestAnimationFrame(() => scroller.querySelector<HTMLElement>(`[data-message="${id}"]`)?.focus())
  }

  function act(event: KeyboardEvent, target: HTMLElement): void {
    const row = rows[rowOf(rows, target.dataset.message ?? '')]
    if (row?.kind !== 'message' || row.message.recalled) return
    const { message } = row
    const action = actionsFor(message, pane).find(({ key }) => key === event.key.toUpperCase())
    if (!action) return
    action.run(message, pane)
    event.preventDefault()
  }
}

function hasMessage(row: Row | undefined): boolean {
  return row?.kind === 'message' || row?.kind === 'notice'
}
