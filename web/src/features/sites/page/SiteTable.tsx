import { Trans, useLingui } from '@lingui/react/macro'
import { Problem, type SiteReport } from '@/core/api'
import { useProblemText } from '@/core/problems'
import { type Column, Table, Tag } from '@/ui'
import { SiteMenu } from '../actions/SiteMenu'
import styles from './sites.module.css'
import { type Standing, standingOf } from './standing'
import { useSiteWords } from './useSiteWords'

const tones: Record<Standing, 'brand' | 'ok' | 'warn' | 'neutral' | 'danger'> = {
  here: 'brand',
  level: 'ok',
  behind: 'warn',
  away: 'danger',
  invited: 'neutral',
  revoked: 'neutral',
  retired: 'neutral',
}

/** Every figure of every site, seen from here; those that are closed stand last. */
export function SiteTable({ sites, here }: { sites: SiteReport[]; here: number }) {
  const { t } = useLingui()
  const columns = useColumns(here)
  const retired = sites.filter(({ state }) => state === 'retired')
  const rows = [...sites.filter(site => !retired.includes(site)), ...retired]
  return <Table label={t`Sites`} columns={columns} rows={rows} rowKey={({ number }) => String(number)} />
}

function useColumns(here: number): Column<SiteReport>[] {
  const words = useSiteWords()
  const other = (cell: (site: SiteReport) => React.ReactNode) => (site: SiteReport) =>
    site.number === here || site.state !== 'joined' ? '–' : cell(site)
  return [
    { key: 'site', title: <Trans>Site</Trans>, cell: site => <NameCell site={site} here={here} /> },
    {
      key: 'standing',
      title: <Trans>State</Trans>,
      width: '104px',
      cell: site => <StandingCell site={site} here={here} />,
    },
    {
      key: 'in',
      title: <Trans>From there to here</Trans>,
      width: '122px',
      wide: true,
      cell: other(site => <Lag s={site.behind_s} events={site.behind_events} needs={site.needs} />),
    },
    {
      key: 'out',
      title: <Trans>From here to there</Trans>,
      width: '122px',
      wide: true,
      cell: other(site => <Lag s={site.ahead_s} events={site.ahead_events} />),
    },
    {
      key: 'contact',
      title: <Trans>Last contact</Trans>,
      width: '96px',
      wide: true,
      cell: other(site => words.moment(site.last_contact_ms)),
    },
    {
      key: 'bytes',
      title: <Trans>Traffic</Trans>,
      width: '100px',
      wide: true,
      cell: other(site => (
        <Pair first={`↓ ${words.bytes(site.bytes_in)}`} second={`↑ ${words.bytes(site.bytes_out)}`} />
      )),
    },
    {
      key: 'position',
      title: <Trans>Position</Trans>,
      width: '118px',
      wide: true,
      cell: other(site => (
        <Pair first={String(site.position?.[1] ?? '–')} second={<Followed to={site.followed_pos} />} />
      )),
    },
    {
      key: 'clock',
      title: <Trans>Clock</Trans>,
      width: '118px',
      wide: true,
      cell: other(site => (
        <Pair
          first={words.ms(site.clock_offset_ms)}
          second={site.round_trip_ms !== null && <RoundTrip ms={site.round_trip_ms} />}
        />
      )),
    },
    { key: 'version', title: <Trans>Version</Trans>, width: '76px', wide: true, cell: site => site.version ?? '–' },
    { key: 'actions', title: '', width: '64px', align: 'end', cell: site => <SiteMenu site={site} here={here} /> },
  ]
}

function NameCell({ site, here }: { site: SiteReport; here: number }) {
  const words = useSiteWords()
  const text = useProblemText()
  const [behind, contact] = [words.seconds(site.behind_s), words.moment(site.last_contact_ms)]
  const shown = site.alerts.filter(alert => alert !== 'unreachable' && alert !== 'behind')
  return (
    <span className={styles.cell}>
      <span className={styles.siteName}>
        {site.name} <small>#{site.number}</small>
        {shown.map(alert => (
          <Tag key={alert} tone="warn">
            {words.alert(alert)}
          </Tag>
        ))}
      </span>
      {site.address && <small>{site.address}</small>}
      {site.held && <small>{text(new Problem(site.held))}</small>}
      {site.number !== here && site.state === 'joined' && (
        <small className={styles.narrow}>
          <Trans>
            {behind} behind, last contact {contact}
          </Trans>
        </small>
      )}
    </span>
  )
}

function StandingCell({ site, here }: { site: SiteReport; here: number }) {
  const words = useSiteWords()
  const standing = standingOf(site, here)
  return <Tag tone={tones[standing]}>{words.standing(standing)}</Tag>
}

function Lag({ s, events, needs = 0 }: { s: number; events: number; needs?: number }) {
  const words = useSiteWords()
  const count = words.events(events)
  return (
    <Pair
      first={words.seconds(s)}
      second={
        needs > 0 ? (
          <Trans>
            {count}, {needs} to fetch
          </Trans>
        ) : (
          count
        )
      }
    />
  )
}

function Pair({ first, second }: { first: React.ReactNode; second: React.ReactNode }) {
  return (
    <span className={styles.cell}>
      {first}
      <small>{second}</small>
    </span>
  )
}

function Followed({ to }: { to: number }) {
  return <Trans>followed: {to}</Trans>
}

function RoundTrip({ ms }: { ms: number }) {
  const words = useSiteWords()
  const time = words.ms(ms)
  return <Trans>round trip {time}</Trans>
}
