import { Trans } from '@lingui/react/macro'
import { Link } from '@tanstack/react-router'
import { useMe } from '@/core/session'

/** Where nobody is found: whoever can change that is led there. */
export function AddPeople() {
  if (!useMe().permissions.some(({ permission }) => permission === 'org.manage')) return null
  return (
    <Link to="/administration">
      <Trans>Add people</Trans>
    </Link>
  )
}
