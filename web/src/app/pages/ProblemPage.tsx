import { Trans } from '@lingui/react/macro'
import { type ErrorComponentProps, useRouter } from '@tanstack/react-router'
import { CloudAlert } from 'lucide-react'
import { useEffect } from 'react'
import { Problem } from '@/core/api'
import { useProblemText } from '@/core/problems'
import { Button, Empty } from '@/ui'

const retryMs = 3_000

/** Stands where a page failed; the rest of the app goes on. What may pass by itself is tried again by itself. */
export function ProblemPage({ error, reset }: ErrorComponentProps) {
  const text = useProblemText()
  const router = useRouter()
  const retry = () => {
    if (isMissingChunk(error)) return location.reload()
    reset()
    void router.invalidate()
  }
  const passes = error instanceof Problem && error.isTemporary
  useEffect(() => {
    console.error(error)
    if (!passes) return
    const timer = setTimeout(() => void router.invalidate(), retryMs)
    return () => clearTimeout(timer)
  }, [error, passes, router])
  return (
    <Empty
      icon={<CloudAlert />}
      title={passes ? <Trans>Connecting…</Trans> : <Trans>This page could not be shown</Trans>}
      hint={isMissingChunk(error) ? <MissingHint /> : text(error)}
      action={
        <Button variant="primary" onClick={retry}>
          <Trans>Retry</Trans>
        </Button>
      }
    />
  )
}

/** Why a part of the client did not come. */
function MissingHint() {
  return navigator.onLine === false ? (
    <Trans>This page is not on this device yet. It opens when the network is back.</Trans>
  ) : (
    <Trans>There may be a new version of Bilin. Reload to get it.</Trans>
  )
}

/** The server was upgraded and the old parts of the client are gone: only a reload brings the new ones. */
function isMissingChunk(error: unknown): boolean {
  return /dynamically imported module|module script failed/i.test(String(error))
}
