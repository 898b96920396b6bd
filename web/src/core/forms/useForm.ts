import { type FormEvent, type RefObject, useEffect, useRef, useState } from 'react'
import { newKey, Problem, type Reason } from '@/core/api'
import { fieldReasons, useReasonText } from '@/core/problems'

export type FieldErrors<Values> = Partial<Record<keyof Values & string, string>>

export interface FormOptions<Values> {
  initial: Values
  /** What is wrong before anything is sent, in the reader's words. */
  check: (values: Values) => FieldErrors<Values>
  /** `key` is the Idempotency-Key: the same when the same values are sent again after no answer came. */
  send: (values: Values, key: string) => Promise<void>
}

export interface Form<Values> {
  values: Values
  errors: FieldErrors<Values>
  /** Why sending failed, where it is not about a field. */
  problem: unknown
  busy: boolean
  changed: boolean
  set: <Name extends keyof Values & string>(name: Name, value: Values[Name]) => void
  submit: (event?: FormEvent) => Promise<void>
  /** Give it to the form element: the first field with an error gets the focus. */
  ref: RefObject<HTMLFormElement | null>
}

interface State<Values> {
  values: Values
  errors: FieldErrors<Values>
  problem: unknown
  busy: boolean
  /** How often it was refused, here or by the server. */
  refusals: number
}

/** A form that is checked here, then sent, then shows what the server says about which field. */
export function useForm<Values extends object>(options: FormOptions<Values>): Form<Values> {
  const [state, setState] = useState<State<Values>>({
    values: options.initial,
    errors: {},
    problem: null,
    busy: false,
    refusals: 0,
  })
  const ref = useRef<HTMLFormElement>(null)
  const key = useRef<string | null>(null)
  const { values } = state
  const reasonText = useReasonText()
  useFocusOnRefusal(ref, state.refusals)

  const set: Form<Values>['set'] = (name, value) => {
    key.current = null
    setState(old => ({
      ...old,
      values: { ...old.values, [name]: value },
      errors: { ...old.errors, [name]: undefined },
    }))
  }
  const submit = async (event?: FormEvent) => {
    event?.preventDefault()
    if (state.busy) return
    const errors = options.check(values)
    if (Object.values(errors).some(Boolean)) return setState(old => refused(old, { errors, problem: null }))
    setState(old => ({ ...old, errors: {}, problem: null, busy: true }))
    key.current ??= newKey()
    try {
      await options.send(values, key.current)
      key.current = null
      setState(old => ({ ...old, busy: false }))
    } catch (error) {
      if (!(error instanceof Problem && error.isTemporary)) key.current = null
      setState(old => refused(old, refusal(old.values, error, reasonText)))
    }
  }
  return { ...state, changed: !same(values, options.initial), set, submit, ref }
}

type Refusal<Values> = Pick<State<Values>, 'errors' | 'problem'>

function refused<Values>(old: State<Values>, why: Refusal<Values>): State<Values> {
  return { ...old, ...why, busy: false, refusals: old.refusals + 1 }
}

/** Parts what the server refused into errors of the fields on the form, and the rest. */
function refusal<Values extends object>(
  values: Values,
  error: unknown,
  reasonText: (reason: Reason) => string,
): Refusal<Values> {
  const errors: FieldErrors<Values> = {}
  for (const [name, reason] of Object.entries(fieldReasons(error))) {
    const field = name as keyof Values & string
    if (field in values) errors[field] = reasonText(reason)
  }
  return { errors, problem: Object.keys(errors).length > 0 ? null : error }
}

/** After each refusal the first field that is wrong gets the focus. */
function useFocusOnRefusal(ref: RefObject<HTMLFormElement | null>, refusals: number): void {
  useEffect(() => {
    if (refusals > 0) ref.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }, [ref, refusals])
}

function same<Values extends object>(a: Values, b: Values): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
