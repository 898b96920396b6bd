/** How far the clock of the server is ahead of this device's, ms. */
let aheadMs = 0

/** An answer says what time it is there (RFC 9110, section 6.6.1), to the second. */
export function noteServerTime(date: string | null): void {
  const time = date === null ? Number.NaN : Date.parse(date)
  if (!Number.isNaN(time)) aheadMs = time - Date.now()
}

/** The time by the clock of the server, Unix ms: clocks of devices are wrong by hours at times. */
export function serverNow(): number {
  return Date.now() + aheadMs
}
