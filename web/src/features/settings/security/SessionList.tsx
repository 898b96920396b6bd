import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Monitor, Smartphone } from 'lucide-react'
import { useState } from 'react'
import { request, type SessionView } from '@/core/api'
import { useProblemText } from '@/core/problems'
import { useTimes } from '@/core/time'
import { deviceName } from '@/features/sign-in'
import { refetchLive } from '@/log'
import { Banner, Button, ConfirmDialog, Delayed, Skeleton, Tag, toasts } from '@/ui'
import styles from '../settings.module.css'
import { sessionsQuery } from './sessions'

/** Every device I am signed in on; each but this one can be signed out from here. */
export function SessionList() {
  const { data: sessions, error } = useQuery(sessionsQuery)
  const text = useProblemText()
  const revoke = useRevoke()
  if (error && !sessions) return <Banner tone="danger">{text(error)}</Banner>
  if (!sessions) {
    return (
      <Delayed>
        <Skeleton height={48} shape="box" />
      </Delayed>
    )
  }
  const others = sessions.filter(session => !session.current)
  return (
    <>
      <ul className={styles.sessions}>
        {sessions.map(session => (
          <SessionRow
            key={session.id}
            session={session}
            busy={revoke.isPending && revoke.variables.includes(session.id)}
            onRevoke={() => revoke.mutate([session.id])}
          />
        ))}
      </ul>
      {others.length > 1 && <RevokeOthers onRevoke={() => revoke.mutate(others.map(({ id }) => id))} />}
    </>
  )
}

function SessionRow({ session, busy, onRevoke }: { session: SessionView; busy: boolean; onRevoke: () => void }) {
  const times = useTimes()
  const { current, address, created, last_used } = session
  // Where the client gave no name, the server keeps what the browser says of itself.
  const device = session.device.startsWith('Mozilla/') ? deviceName(session.device) : session.device
  return (
    <li className={styles.session}>
      {/iPhone|Android|iPad/.test(device) ? <Smartphone /> : <Monitor />}
      <div className={styles.sessionWords}>
        <p className={styles.sessionName}>
          {device || <Trans>Unknown device</Trans>}
          {current && (
            <Tag tone="ok">
              <Trans>This device</Trans>
            </Tag>
          )}
        </p>
        <p className={styles.settingHint} title={times.full(created)}>
          {address} · <Trans>signed in {times.list(created)}</Trans> · <Trans>last used {times.list(last_used)}</Trans>
        </p>
      </div>
      {!current && (
        <Button size="small" busy={busy} onClick={onRevoke}>
          <Trans>Sign out</Trans>
        </Button>
      )}
    </li>
  )
}

function RevokeOthers({ onRevoke }: { onRevoke: () => void }) {
  const { t } = useLingui()
  const [asking, setAsking] = useState(false)
  return (
    <div className={styles.sessionActions}>
      <Button variant="danger-outline" onClick={() => setAsking(true)}>
        <Trans>Sign out all other devices</Trans>
      </Button>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={<Trans>Sign out all other devices?</Trans>}
        description={<Trans>You stay signed in on this device. On the others you will need to sign in again.</Trans>}
        confirmLabel={t`Sign out`}
        cancelLabel={t`Cancel`}
        danger
        onConfirm={() => {
          setAsking(false)
          onRevoke()
        }}
      />
    </div>
  )
}

function useRevoke() {
  const queries = useQueryClient()
  const text = useProblemText()
  return useMutation({
    mutationFn: (ids: string[]) =>
      Promise.all(ids.map(id => request('DELETE /sessions/{session}', { path: { session: id } }))),
    onError: error => toasts.show({ tone: 'danger', title: text(error) }),
    onSettled: () => refetchLive(queries, 'identity'),
  })
}
