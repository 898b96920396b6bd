import { Plural, Trans } from '@lingui/react/macro'
import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import { Building2, CircleSlash, Pin, Users } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { Id, PolicyEffect, PolicyValueBody, PolicyView } from '@/core/api'
import { useProblemText } from '@/core/problems'
import type { OrgTree } from '@/features/contacts'
import { Banner } from '@/ui'
import styles from './panel.module.css'
import { effectQuery } from './queries'
import { usePolicyText } from './usePolicyText'

const pauseMs = 300
const named = 5

/** What a value would change, asked once nobody has written for a moment. */
export function useEffectOf(policy: string, unit: Id, body: PolicyValueBody | null): UseQueryResult<PolicyEffect> {
  const wanted = body === null ? '' : JSON.stringify(body)
  const [paused, setPaused] = useState('')
  useEffect(() => {
    const timer = setTimeout(() => setPaused(wanted), pauseMs)
    return () => clearTimeout(timer)
  }, [wanted])
  return useQuery(effectQuery(policy, unit, wanted !== '' && paused === wanted ? body : null))
}

export interface EffectLinesProps {
  tree: OrgTree
  policy: PolicyView
  effect: UseQueryResult<PolicyEffect>
}

/** The effect before the act: whom it changes something for, who keeps their own, whose own would no longer count. */
export function EffectLines({ tree, policy, effect: { data, error } }: EffectLinesProps) {
  const text = usePolicyText()
  const problemText = useProblemText()
  if (error) return <Banner tone="danger">{problemText(error)}</Banner>
  if (!data) {
    return (
      <p className={styles.effect} role="status">
        <Trans>Counting what would change …</Trans>
      </p>
    )
  }
  const names = (units: PolicyEffect['kept']) =>
    units
      .slice(0, named)
      .map(({ unit, value }) => `${tree.units.get(unit)?.name ?? ''} (${text.value(policy, value)})`)
      .join(', ') + (units.length > named ? ' …' : '')
  return (
    <div role="status">
      <ul className={styles.effect}>
        <li>
          <Users />
          <span>
            <Plural
              value={data.people}
              _0="It changes nothing for anybody"
              one="It changes something for # person"
              other="It changes something for # people"
            />
          </span>
        </li>
        {data.units > 0 && (
          <li>
            <Building2 />
            <span>
              <Plural value={data.units} one="in # unit" other="in # units" />
            </span>
          </li>
        )}
        {data.kept.length > 0 && (
          <li>
            <Pin />
            <span>
              <Trans>With values of their own, not touched: {names(data.kept)}</Trans>
            </span>
          </li>
        )}
        {data.ended.length > 0 && (
          <li>
            <CircleSlash />
            <span>
              <Trans>Their own values no longer count: {names(data.ended)}</Trans>
            </span>
          </li>
        )}
      </ul>
    </div>
  )
}
