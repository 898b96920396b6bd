/** Signing in, and what the pages before it share: their frame, passwords, where to go afterwards. */
export { EntryFrame } from './entry/EntryFrame'
export { type ReturnSearch, returnAddress, returnSearch } from './entry/return-address'
export { setupQuery, useSetup } from './entry/useSetup'
export { PasswordInput } from './password/PasswordInput'
export { PasswordStrength } from './password/PasswordStrength'
export { minPasswordLength } from './password/strength'
export { signInRoute } from './routes'
export { useSignedIn } from './useSignedIn'
