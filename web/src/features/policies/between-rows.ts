import type { KeyboardEvent } from 'react'

/** For a row of a list: arrows go to the one above and below; everything else is the button's. */
export function moveBetweenRows(event: KeyboardEvent<HTMLElement>): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  if (step === undefined) return
  const rows = [...(event.currentTarget.closest('[data-rows]')?.querySelectorAll<HTMLElement>('[data-row]') ?? [])]
  rows[rows.indexOf(event.currentTarget) + step]?.focus()
  event.preventDefault()
}
