import { Trans } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import type { Id } from '@/core/api'
import { personQuery } from '@/features/contacts'

/** Who did something. Who is no colleague is whoever runs the server. */
export function PersonName({ id }: { id: Id | null }) {
  const { data, isError } = useQuery({
    ...personQuery(id ?? ''),
    enabled: id !== null && !id.startsWith('-'),
    retry: false,
  })
  if (id === null || id.startsWith('-') || isError) return <Trans>whoever runs the server</Trans>
  return data?.name ?? '…'
}
