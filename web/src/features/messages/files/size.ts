/** How large a file is, as people read it: three figures and a unit of thousands. */
export function sizeText(bytes: number, locale: string): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte']
  let value = bytes
  let step = 0
  while (value >= 999.5 && step < units.length - 1) {
    value /= 1000
    step += 1
  }
  const unit = units[step] as string
  const digits = step === 0 ? { maximumFractionDigits: 0 } : { maximumSignificantDigits: 3 }
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: step ? 'short' : 'long', ...digits }).format(
    value,
  )
}
