/** Without letters and digits that look alike. */
const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789'
const groups = 3
const groupLength = 4

/** A password to hand over, such as `k7mp-x2vd-93ha`: easy to read out, 59 random bits. */
export function generatePassword(): string {
  const letters = Array.from({ length: groups * groupLength }, randomLetter)
  return Array.from({ length: groups }, (_, i) => letters.slice(i * groupLength, (i + 1) * groupLength).join('')).join(
    '-',
  )
}

/** Each letter as likely as any other: bytes past the last full round of the alphabet are drawn again. */
function randomLetter(): string {
  const limit = 256 - (256 % alphabet.length)
  const [byte = 255] = crypto.getRandomValues(new Uint8Array(1))
  return byte < limit ? (alphabet[byte % alphabet.length] ?? '') : randomLetter()
}
