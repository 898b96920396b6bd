import { plural } from '@lingui/core/macro'
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type KeptBackEvent, request, type SiteReport } from '@/core/api'
import { useNameOf, usePeopleWanted } from '@/log'
import { Banner, Button, type Column, ConfirmDialog, Table } from '@/ui'
import { keptBackQuery } from '../queries'
import { useSiteChange } from '../useSiteChange'
import styles from './sites.module.css'
import { useKeptBackWords } from './useKeptBackWords'
import { useSiteWords } from './useSiteWords'

/** What branches sent and may not say: nobody believes it until an administrator accepts it. */
export function KeptBack({ sites }: { sites: readonly SiteReport[] }) {
  const { t } = useLingui()
  const { data } = useQuery(keptBackQuery)
  const columns = useColumns(sites)
  const events = data?.events ?? []
  usePeopleWanted(events.flatMap(({ actor }) => actor ?? []))
  if (events.length === 0) return null
  return (
    <section className={styles.kept} aria-label={t`Kept back`}>
      <Banner tone="warn">
        <Trans>
          A branch sent what is not its to say. Nobody believes it. If its server was taken over, revoke its access and
          run “bilin site undo” at headquarters.
        </Trans>
      </Banner>
      <div className={styles.tools}>
        <Drop ids={events.map(({ id }) => id)} />
      </div>
      <Table label={t`Kept back`} columns={columns} rows={events} rowKey={({ id }) => id} />
    </section>
  )
}

/** It asks first: what is dropped comes never again, from nobody. */
function Drop({ ids }: { ids: string[] }) {
  const { t } = useLingui()
  const [asks, setAsks] = useState(false)
  const drop = useSettle(false, () => setAsks(false))
  return (
    <>
      <Button onClick={() => setAsks(true)}>
        <Plural value={ids.length} one="Drop # event for good" other="Drop # events for good" />
      </Button>
      <ConfirmDialog
        open={asks}
        onOpenChange={setAsks}
        title={plural(ids.length, { one: 'Drop # event for good?', other: 'Drop # events for good?' })}
        description={t`All sites forget it, and never take it in again: also what was honest and only came too early. Once dropped it cannot be had back.`}
        confirmLabel={t`Drop for good`}
        cancelLabel={t`Cancel`}
        danger
        busy={drop.isPending}
        onConfirm={() => drop.mutate(ids)}
      />
    </>
  )
}

function useColumns(sites: readonly SiteReport[]): Column<KeptBackEvent>[] {
  const nameOf = useNameOf()
  const words = useKeptBackWords()
  const { date } = useSiteWords()
  const site = (number: number) => sites.find(each => each.number === number)?.name ?? `#${number}`
  return [
    { key: 'site', title: <Trans>Site</Trans>, cell: each => site(each.site) },
    {
      key: 'what',
      title: <Trans>What it says</Trans>,
      cell: each => (
        <span className={styles.cell}>
          {words.kind(each.type)}
          <small>{words.reason(each.reason)}</small>
        </span>
      ),
    },
    {
      key: 'actor',
      title: <Trans>In whose name</Trans>,
      wide: true,
      cell: each => (each.actor === null ? '–' : nameOf(each.actor)),
    },
    { key: 'arrived', title: <Trans>Arrived</Trans>, wide: true, cell: each => date(each.arrived_ms) },
    {
      key: 'actions',
      title: '',
      width: '96px',
      align: 'end',
      cell: each => each.reason !== 'beyond_limits' && <Accept event={each} />,
    },
  ]
}

function Accept({ event }: { event: KeptBackEvent }) {
  const accept = useSettle(true)
  return (
    <Button size="small" busy={accept.isPending} onClick={() => accept.mutate([event.id])}>
      <Trans>Accept</Trans>
    </Button>
  )
}

function useSettle(accepted: boolean, onDone?: () => void) {
  const { t } = useLingui()
  return useSiteChange<string[]>({
    change: events => request('POST /sites/kept-back/settle', { body: { events, accepted } }),
    done: accepted ? t`Accepted at every site` : t`Dropped for good`,
    onDone,
  })
}
