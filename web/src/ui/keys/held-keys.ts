import { isComposing } from './composing'
import styles from './held-keys.module.css'

/** A text that was written, or a key that is for whoever takes it. */
type Held = string | KeyboardEventInit

/** Nothing that a key opens takes so long; then the keys are for whoever had the focus before. */
const waitsAtMostMs = 10_000

/**
 * Between the key that opens something and the moment when that has the focus, more keys may come: on a slow machine many. They are
 * written into a field that nobody sees, by an input method, too, and given to whoever takes the focus then, in their order. So none
 * goes to where one was before, and none is lost. `inForm`: what waits is a part of a form, which Ctrl+Enter finishes, whatever was
 * written since; elsewhere it might send what somebody wrote long ago.
 */
export function holdKeys(inForm = false): void {
  if (!matchMedia('(pointer: fine)').matches) return
  const active = document.activeElement
  // The element for dialogs lets nothing outside of it have the focus.
  const field = fieldIn(active?.closest('dialog') ?? document.body)
  if (active !== field && active?.isConnected) before = active
  isHolding = true
  isInForm = inForm
  clearTimeout(timer)
  timer = setTimeout(dropHeldKeys, waitsAtMostMs)
  field.focus({ preventScroll: true })
}

/** The same from a key on, which is for who takes the focus, too. */
export function holdKeysFrom(event: KeyboardEvent): void {
  holdKeys()
  if (isHolding) held.push(keyOf(event))
}

/** The same, where what has the focus closes, by `close`. */
export function holdKeysOver(close: () => void): void {
  isHolding = false
  take(held)
  close()
  holdKeys()
}

/** Whether what was opened by a key is still to take the focus. */
export function areKeysHeld(): boolean {
  return isHolding
}

/**
 * Takes the focus by `focus`, and the held keys with it; as soon as an input method is done with what it composes. False: it
 * composes, and the focus is taken then.
 */
export function takeFocus(focus: () => void): boolean {
  if (isHolding && isInComposition && theOnlyField?.isConnected) {
    const earlier = whenComposed
    // A field before the dialog around it: each knows whether it is still meant, the last one has it.
    whenComposed = () => {
      earlier?.()
      focus()
    }
    return false
  }
  focus()
  if (isHolding && !theOnlyField?.isConnected) handOver() // what it stood in closed meanwhile
  return true
}

let theOnlyField: HTMLTextAreaElement | null = null
let isHolding = false
let isInComposition = false
let isInForm = false
let whenComposed: (() => void) | null = null
let before: Element | null = null
let timer: ReturnType<typeof setTimeout> | undefined
let held: Held[] = []

/** It stays in the page: what closes gives the focus back to it, and it to whoever had it. */
function fieldIn(home: Element): HTMLTextAreaElement {
  if (theOnlyField?.isConnected && theOnlyField.parentElement === home) return theOnlyField
  isHolding = false
  isInComposition = false
  take(held)
  theOnlyField?.remove()
  const field = document.createElement('textarea')
  field.className = styles.field ?? ''
  field.tabIndex = -1
  field.ariaHidden = 'true'
  field.addEventListener('keydown', pressed)
  field.addEventListener('focus', () => isHolding || focusOn(before))
  field.addEventListener('blur', left)
  field.addEventListener('compositionstart', () => {
    isInComposition = true
  })
  // After the composed text has been put into the field, in every browser's order.
  field.addEventListener('compositionend', () => setTimeout(composed))
  home.append(field)
  theOnlyField = field
  return field
}

function composed(): void {
  isInComposition = false
  const focus = whenComposed
  whenComposed = null
  focus?.()
}

function pressed(event: KeyboardEvent): void {
  if (isComposing(event) || !isForWhoComes(event)) return
  const isFirst = held.length === 0 && fieldText() === ''
  // Nothing was written yet: a shortcut works as everywhere, and Enter has no text to act on.
  const finishes = isInForm && event.key === 'Enter' && isModified(event)
  if (isFirst && isModified(event) && !finishes) return
  event.preventDefault()
  event.stopPropagation()
  if (event.key === 'Escape' && theOnlyField?.parentElement !== document.body) {
    turnBack(event)
    return
  }
  if (event.key === 'Escape') take()
  else if (isFirst && event.key === 'Enter' && !finishes) return
  else take(held)
  held.push(keyOf(event))
}

function keyOf({ key, code, keyCode, ctrlKey, shiftKey, altKey, metaKey }: KeyboardEvent): KeyboardEventInit {
  return { key, code, keyCode, ctrlKey, shiftKey, altKey, metaKey }
}

/** What has the focus but for a moment is left. */
function turnBack(event: KeyboardEvent): void {
  dropHeldKeys()
  const target = document.activeElement
  if (target instanceof HTMLElement) press(target, keyOf(event))
}

/** Not a letter, and nothing that changes the text: what it means depends on who gets it. */
function isForWhoComes(event: KeyboardEvent): boolean {
  if (['Enter', 'Tab', 'Escape', 'ArrowUp', 'ArrowDown'].includes(event.key)) return true
  return isModified(event) && !/^(?:[acvxyz]|Arrow.*|Backspace|Delete|Home|End|Control|Alt|Meta)$/i.test(event.key)
}

function isModified(event: KeyboardEvent): boolean {
  return event.ctrlKey || event.metaKey || event.altKey
}

function fieldText(): string {
  return theOnlyField?.value ?? ''
}

/** Moves the text of the field behind what is held; without that, it is thrown away with it. */
function take(onto: Held[] = []): void {
  const text = fieldText()
  if (text !== '') onto.push(text)
  if (theOnlyField) theOnlyField.value = ''
  held = onto
}

function left({ relatedTarget }: FocusEvent): void {
  // Another window has the focus: it comes back.
  if (!isHolding || !document.hasFocus()) return
  if (relatedTarget !== null) {
    handOver()
    return
  }
  isHolding = false
  clearTimeout(timer)
  take()
  held = []
}

function handOver(): void {
  isHolding = false
  clearTimeout(timer)
  take(held)
  // Who takes the focus may not be ready for letters before it has done what it does beside.
  queueMicrotask(() => void giveOut())
}

/** Nothing takes the focus: whoever had it has it again, and what was held is gone. */
export function dropHeldKeys(): void {
  if (!isHolding) return
  take()
  held = []
  isHolding = false
  focusOn(before)
}

/** One by one, each when the one before has had its effect: it may open something else, that has the next ones. */
async function giveOut(): Promise<void> {
  while (held.length > 0) {
    const target = document.activeElement
    if (target === theOnlyField || !(target instanceof HTMLElement)) return
    const next = held.shift()
    if (typeof next === 'object') press(target, next)
    else if (next !== undefined && isWritten(target)) document.execCommand('insertText', false, next)
    // Editors hear of what was written in a microtask, and React draws in one: no key of the keyboard comes between.
    for (let turn = 0; turn < 3; turn++) await null
  }
}

function press(target: HTMLElement, init: KeyboardEventInit): void {
  if (!isWritten(target) && init.key !== 'Escape') return
  const goesOn = target.dispatchEvent(new KeyboardEvent('keydown', { ...init, bubbles: true, cancelable: true }))
  if (goesOn && init.key === 'Enter' && target instanceof HTMLInputElement) target.form?.requestSubmit()
}

function isWritten(target: HTMLElement): boolean {
  return target.isContentEditable || target.matches('input:not([type=checkbox], [type=radio]), textarea')
}

function focusOn(target: Element | null): void {
  if (target instanceof HTMLElement && target.isConnected) target.focus()
  else theOnlyField?.blur()
}
