import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { CircleCheck, CircleX } from 'lucide-react'
import { request, type SiteInfo, type Verdict } from '@/core/api'
import { useProblemText } from '@/core/problems'
import { Banner, Button, Dialog, FormButtons, Progress } from '@/ui'
import styles from '../page/sites.module.css'
import { useModuleWords } from './useModuleWords'

const timeoutMs = 10 * 60_000

/** Compares what two sites know, module by module, and shows the first difference. */
export function VerifyDialog({ site, onClose }: { site: SiteInfo; onClose: () => void }) {
  const { t } = useLingui()
  const text = useProblemText()
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: ['sites', 'verify', site.number],
    queryFn: ({ signal }) => request('POST /sites/verify', { body: { site: site.number } }, { signal, timeoutMs }),
    retry: false,
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
  })
  return (
    <Dialog
      open
      onOpenChange={open => !open && onClose()}
      title={<Trans>This site and {site.name}</Trans>}
      closeLabel={t`Close`}
    >
      <div className={styles.waiting}>
        {isFetching && <Progress value={null} label={t`Comparing…`} />}
        {error && !isFetching && <Banner tone="danger">{text(error)}</Banner>}
        {data && !isFetching && <Result found={data} site={site} />}
        <FormButtons>
          <Button disabled={isFetching} onClick={() => void refetch()}>
            <Trans>Compare again</Trans>
          </Button>
          <Button variant="primary" onClick={onClose}>
            <Trans>Close</Trans>
          </Button>
        </FormButtons>
      </div>
    </Dialog>
  )
}

function Result({ found, site }: { found: Verdict; site: SiteInfo }) {
  return (
    <>
      {found.equal ? (
        <Banner tone="ok">
          <Trans>Both sites know the same.</Trans>
        </Banner>
      ) : found.moving ? (
        <Banner tone="info">
          <Trans>The sites changed while they were compared: what differs may only be on its way. Compare again.</Trans>
        </Banner>
      ) : (
        <Banner tone="warn">
          <Trans>The sites differ. Show this to whoever runs your servers.</Trans>
        </Banner>
      )}
      <ul className={styles.modules}>
        {found.modules.map(each => (
          <Module key={each.module} found={each} there={site.name} />
        ))}
      </ul>
    </>
  )
}

function Module({ found, there }: { found: Verdict['modules'][number]; there: string }) {
  const { t } = useLingui()
  const words = useModuleWords()
  return (
    <li className={styles.module}>
      {found.equal ? (
        <CircleCheck className={styles.equal} role="img" aria-label={t`Equal`} />
      ) : (
        <CircleX className={styles.unequal} role="img" aria-label={t`Different`} />
      )}
      <span>{words(found.module)}</span>
      <small>
        <Plural value={found.compared} one="# row" other="# rows" />
      </small>
      {found.difference && (
        <dl className={styles.difference}>
          <dt>
            <Trans>First difference</Trans>
          </dt>
          <dd>{found.difference.what}</dd>
          <dt>
            <Trans>Here</Trans>
          </dt>
          <dd>{columnsText(found.difference.here)}</dd>
          <dt>{there}</dt>
          <dd>{columnsText(found.difference.there)}</dd>
        </dl>
      )}
    </li>
  )
}

/** The columns of a row that differ; a dash where there is no such row. */
function columnsText(columns: Record<string, string> | null): string {
  if (!columns) return '–'
  return Object.entries(columns)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n')
}
