import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import type { PolicyView } from '@/core/api'
import { Field, Input, Segmented, Select } from '@/ui'
import styles from './panel.module.css'
import { usePolicyText } from './usePolicyText'
import { asTime, numberIn, type PolicyValue, type TimeUnit, timeUnits } from './values'

export interface ValueFieldProps {
  policy: PolicyView
  /** What it begins with. */
  initial: PolicyValue
  /** Null: what stands there is no value. */
  onValueChange: (value: PolicyValue | null) => void
}

/** A value of a policy: a number in its unit, allowed or not, or one of a few words. */
export function ValueField({ policy, initial, onValueChange }: ValueFieldProps) {
  const { t } = useLingui()
  const [value, setValue] = useState(initial)
  const take = (next: PolicyValue) => {
    setValue(next)
    onValueChange(next)
  }
  if (typeof initial === 'number')
    return <NumberField policy={policy} initial={initial} onValueChange={onValueChange} />
  if (typeof initial === 'boolean') {
    return (
      <Segmented
        label={t`Value`}
        value={value ? 'yes' : 'no'}
        onValueChange={next => take(next === 'yes')}
        options={[
          { value: 'yes', label: t`Allowed` },
          { value: 'no', label: t`Not allowed` },
        ]}
      />
    )
  }
  return (
    <Field label={t`Value`}>
      <Select
        value={String(value)}
        onValueChange={take}
        options={policy.choices.map(choice => ({ value: choice, label: choice }))}
      />
    </Field>
  )
}

function NumberField({ policy, initial, onValueChange }: ValueFieldProps & { initial: number }) {
  const { t } = useLingui()
  const isTime = policy.measure === 'seconds'
  const [text, setText] = useState(String(isTime ? asTime(initial).amount : initial))
  const [unit, setUnit] = useState<TimeUnit>(isTime ? asTime(initial).unit : 'second')
  const change = (nextText: string, nextUnit: TimeUnit) => {
    setText(nextText)
    setUnit(nextUnit)
    onValueChange(numberIn(nextText, policy, isTime ? timeUnits[nextUnit] : 1))
  }
  const number = numberIn(text, policy, isTime ? timeUnits[unit] : 1)
  const input = <Input inputMode="numeric" value={text} onValueChange={next => change(next, unit)} />
  return (
    <div className={isTime ? styles.number : undefined}>
      <Field
        label={t`Value`}
        error={number === null ? <Bounds policy={policy} /> : undefined}
        hint={<Zero policy={policy} />}
      >
        {isTime ? (
          input
        ) : (
          <span className={styles.number}>
            {input}
            <Unit policy={policy} />
          </span>
        )}
      </Field>
      {isTime && <UnitOfTime value={unit} onValueChange={next => change(text, next)} />}
    </div>
  )
}

function UnitOfTime({ value, onValueChange }: { value: TimeUnit; onValueChange: (unit: TimeUnit) => void }) {
  const { t } = useLingui()
  const words: Record<TimeUnit, string> = { day: t`days`, hour: t`hours`, minute: t`minutes`, second: t`seconds` }
  const options = (Object.keys(timeUnits) as TimeUnit[]).map(unit => ({ value: unit, label: words[unit] }))
  return (
    <Field label={t`Unit of time`}>
      <Select value={value} onValueChange={onValueChange} options={options} />
    </Field>
  )
}

function Unit({ policy }: { policy: PolicyView }) {
  const { t } = useLingui()
  const words = { days: t`days`, characters: t`characters`, people: t`people`, a_minute: t`a minute`, megabytes: t`MB` }
  const word = words[policy.measure as keyof typeof words]
  return word ? <span>{word}</span> : null
}

function Bounds({ policy }: { policy: PolicyView }) {
  const { t } = useLingui()
  const least = policy.least ?? 0
  const { most } = policy
  return most === null ? t`A whole number, ${least} or more.` : t`A whole number from ${least} to ${most}.`
}

/** What zero means is said before somebody writes it. */
function Zero({ policy }: { policy: PolicyView }) {
  const { t } = useLingui()
  const text = usePolicyText()
  const zero = text.value(policy, 0)
  return policy.measure !== 'people' && (policy.least ?? 0) === 0 ? t`0: ${zero}` : null
}
