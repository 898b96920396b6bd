import { Trans, useLingui } from '@lingui/react/macro'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { newKey, type PolicyValueBody, type PolicyView, Problem, request, type Unit } from '@/core/api'
import { useProblemText } from '@/core/problems'
import type { OrgTree } from '@/features/contacts'
import { refetchLive } from '@/log'
import { Banner, Button, Checkbox, Field, Input, Segmented, toasts } from '@/ui'
import { EffectLines, useEffectOf } from './EffectLines'
import styles from './panel.module.css'
import { SubjectField } from './SubjectField'
import { usePolicyText } from './usePolicyText'
import { ValueField } from './ValueField'
import { ownValue, type PolicyValue } from './values'

export interface EditorProps {
  tree: OrgTree
  unit: Unit
  policy: PolicyView
}

/** What a unit says of a policy. Nothing is saved before it is shown what it changes, and for how many. */
export function Editor({ tree, unit, policy }: EditorProps) {
  const lockedBy = policy.locked_by === null ? null : (tree.units.get(policy.locked_by)?.name ?? '')
  const [subject, setSubject] = useState('')
  return (
    <section className={styles.editor} aria-label={unit.name}>
      <h4>{unit.name}</h4>
      {lockedBy !== null && (
        <Banner tone="warn">
          <Trans>{lockedBy} has fixed this value for all units below. Ask who administers it.</Trans>
        </Banner>
      )}
      {lockedBy === null && <SubjectField policy={policy} value={subject} onValueChange={setSubject} />}
      {(lockedBy === null || policy.own !== null) && (
        <SubjectEditor
          key={`${subject} ${JSON.stringify(ownValue(policy, subject))} ${policy.own?.locked}`}
          tree={tree}
          unit={unit}
          policy={policy}
          subject={subject}
        />
      )}
    </section>
  )
}

function SubjectEditor({ tree, unit, policy, subject }: EditorProps & { subject: string }) {
  const { t } = useLingui()
  const text = usePolicyText()
  const present = ownValue(policy, subject)
  const wasLocked = subject === '' && policy.own?.locked === true
  const isFixed = policy.locked_by !== null
  const [isOwn, setOwn] = useState(present !== null)
  const [value, setValue] = useState<PolicyValue | null>(present ?? policy.value)
  const [locked, setLocked] = useState(wasLocked)
  const [reason, setReason] = useState('')
  const body: PolicyValueBody | null = isOwn
    ? value === null
      ? null
      : { value, subject, locked: locked && subject === '' }
    : { value: null, subject }
  const changed = body !== null && (body.value !== present || (body.locked ?? false) !== wasLocked)
  const effect = useEffectOf(policy.name, unit.id, changed ? body : null)
  const save = useSave(policy, unit)
  return (
    <form
      className={styles.form}
      onSubmit={event => {
        event.preventDefault()
        if (changed && effect.data) void save.send({ ...body, reason })
      }}
    >
      <Segmented
        label={t`What this unit says`}
        value={isOwn ? 'own' : 'above'}
        onValueChange={next => setOwn(next === 'own')}
        options={[
          { value: 'above', label: subject === '' ? t`As above` : t`As everybody here` },
          { value: 'own', label: t`A value of its own` },
        ]}
      />
      {isOwn && !isFixed && <ValueField policy={policy} initial={present ?? policy.value} onValueChange={setValue} />}
      {isOwn && !isFixed && subject === '' && (
        <Checkbox checked={locked} onCheckedChange={setLocked} label={t`Units below may not have another`} />
      )}
      {changed && (
        <>
          <Field label={t`Reason`} hint={t`Shown to everybody who asks why.`}>
            <Input value={reason} onValueChange={setReason} maxLength={500} autoComplete="off" />
          </Field>
          <EffectLines tree={tree} policy={policy} effect={effect} />
        </>
      )}
      {save.problem !== null && <SaveProblem error={save.problem} />}
      {changed && (
        <div className={styles.buttons}>
          <Button type="submit" variant="primary" disabled={!effect.data} busy={save.busy}>
            {isOwn ? <Trans>Save</Trans> : <Trans>Let it be as above</Trans>}
          </Button>
          {present !== null && <span className={styles.before}>{t`Now: ${text.value(policy, present)}`}</span>}
        </div>
      )}
    </form>
  )
}

/** The sentence, and the code for who asks for help. */
function SaveProblem({ error }: { error: unknown }) {
  const text = useProblemText()
  return (
    <Banner tone="danger">
      {text(error)} {error instanceof Problem && <code>{error.code}</code>}
    </Banner>
  )
}

function useSave(policy: PolicyView, unit: Unit) {
  const { t } = useLingui()
  const text = usePolicyText()
  const queries = useQueryClient()
  const [state, setState] = useState<{ busy: boolean; problem: unknown; key: string }>({
    busy: false,
    problem: null,
    key: newKey(),
  })
  const send = async (body: PolicyValueBody) => {
    setState(old => ({ ...old, busy: true, problem: null }))
    try {
      const path = { policy: policy.name, unit: unit.id }
      await request('PUT /policies/{policy}/units/{unit}', { path, body }, { key: state.key })
      toasts.show({ tone: 'ok', title: t`${text.name(policy)}: saved for ${unit.name}` })
      await refetchLive(queries, 'policies')
      setState({ busy: false, problem: null, key: newKey() })
    } catch (problem) {
      const isKept = problem instanceof Problem && problem.isTemporary
      setState(old => ({ busy: false, problem, key: isKept ? old.key : newKey() }))
    }
  }
  return { ...state, send }
}
