import { Trans } from '@lingui/react/macro'
import { Link } from '@tanstack/react-router'
import { SearchX } from 'lucide-react'
import { Empty } from '@/ui'

export function NotFoundPage() {
  return (
    <Empty
      icon={<SearchX />}
      title={<Trans>Page not found</Trans>}
      hint={<Trans>The address may be mistyped, or what was here is gone.</Trans>}
      action={
        <Link to="/">
          <Trans>Go to the start</Trans>
        </Link>
      }
    />
  )
}
