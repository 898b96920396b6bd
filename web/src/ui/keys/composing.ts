/**
 * Whether a key belongs to an input method that is choosing characters. Chromium and Firefox say so; Safari ends the
 * composition first and then reports the Enter that ended it, with the key code 229 (UI Events, 7.3.1).
 */
export function isComposing(event: Pick<KeyboardEvent, 'isComposing' | 'keyCode'>): boolean {
  return event.isComposing || event.keyCode === 229
}
