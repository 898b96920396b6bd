import { Trans } from '@lingui/react/macro'
import type { ErrorComponentProps } from '@tanstack/react-router'
import { CloudAlert } from 'lucide-react'
import { Problem } from '@/core/api'
import { Button, Empty } from '@/ui'

/** Stands where a page failed; the rest of the app goes on. */
export function ProblemPage({ error, reset }: ErrorComponentProps) {
  return (
    <Empty
      icon={<CloudAlert />}
      title={<Trans>This page could not be shown</Trans>}
      hint={error instanceof Problem ? error.hint : String(error)}
      action={
        <Button variant="primary" onClick={() => (isMissingChunk(error) ? location.reload() : reset())}>
          <Trans>Retry</Trans>
        </Button>
      }
    />
  )
}

/** The server was upgraded and the old parts of the client are gone: only a reload brings the new ones. */
function isMissingChunk(error: unknown): boolean {
  return /dynamically imported module|module script failed/i.test(String(error))
}
