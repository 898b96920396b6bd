import { msg } from '@lingui/core/macro'

/** Refusals of policies of units. */
export const policiesWords = {
  'policies.locked': msg`A unit above has fixed this value.`,
  'policies.not_found': msg`The server does not know this policy.`,
}
