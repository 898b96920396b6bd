import { Trans } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useSetup } from '@/features/sign-in'
import styles from '../settings.module.css'

export function AboutSection() {
  const setup = useSetup()
  const { data } = useQuery({ queryKey: ['version'], queryFn: fetchVersion, staleTime: Number.POSITIVE_INFINITY })
  return (
    <>
      <p className={styles.name}>
        <Trans>Bilin</Trans>
      </p>
      <p className={styles.quiet}>
        <Trans>However far apart the branches, like next door.</Trans>
      </p>
      <br />
      <dl className={styles.facts}>
        <dt>
          <Trans>Company</Trans>
        </dt>
        <dd>{setup.data?.company ?? '–'}</dd>
        <dt>
          <Trans>Server version</Trans>
        </dt>
        <dd>{data ?? '–'}</dd>
        <dt>
          <Trans>Address</Trans>
        </dt>
        <dd>{location.origin}</dd>
        <dt>
          <Trans>Licence</Trans>
        </dt>
        <dd>Apache-2.0</dd>
      </dl>
    </>
  )
}

/** The server's description of itself names its version. */
async function fetchVersion({ signal }: { signal: AbortSignal }): Promise<string> {
  const response = await fetch('/api/openapi.json', { signal })
  const description = (await response.json()) as { info: { version: string } }
  return description.info.version
}
