import { Combobox as Base } from '@base-ui/react/combobox'
import { Check, Search, X } from 'lucide-react'
import { type ReactNode, useMemo } from 'react'
import { classes } from '@/ui/classes'
import input from '@/ui/Input/Input.module.css'
import popup from '@/ui/popup.module.css'
import styles from './SearchSelect.module.css'

export interface SearchSelectProps<Option extends { id: string }> {
  value: Option | null
  onValueChange: (value: Option | null) => void
  /** What fits the query, the best first; a few dozen at most. */
  options: readonly Option[]
  /** Told what is written, so that `options` may follow. */
  onQueryChange: (query: string) => void
  /** What stands in the box once chosen. */
  labelOf: (option: Option) => string
  renderOption: (option: Option) => ReactNode
  placeholder?: string
  /** Shown where nothing fits. */
  empty: ReactNode
  /** Names the button that takes the choice back; without it there is none. */
  clearLabel?: string
  disabled?: boolean
  /** Where it is not inside a Field. */
  'aria-label'?: string
  className?: string
}

/**
 * One of many, found by typing. For a known few, use Select. The control knows ids alone: options that are fetched again
 * meanwhile do not disturb who is writing.
 */
export function SearchSelect<Option extends { id: string }>(props: SearchSelectProps<Option>) {
  const { value, onValueChange, options, onQueryChange, labelOf, placeholder, clearLabel, disabled, className } = props
  const byId = new Map(value ? [[value.id, value]] : [])
  for (const option of options) byId.set(option.id, option)
  const optionOf = (id: string | null) => (id === null ? undefined : byId.get(id))
  return (
    <Base.Root
      items={useIds(options)}
      filter={null}
      autoHighlight
      value={value?.id ?? null}
      onValueChange={id => onValueChange(optionOf(id) ?? null)}
      onInputValueChange={(query, { reason }) => onQueryChange(reason === 'input-change' ? query : '')}
      itemToStringLabel={id => {
        const option = optionOf(id)
        return option ? labelOf(option) : ''
      }}
      disabled={disabled}
    >
      <Base.InputGroup className={classes(input.box, input.medium, className)}>
        <Search />
        <Base.Input className={input.input} placeholder={placeholder} aria-label={props['aria-label']} />
        {clearLabel && (
          <Base.Clear className={styles.clear} aria-label={clearLabel}>
            <X />
          </Base.Clear>
        )}
      </Base.InputGroup>
      <Options {...props} optionOf={optionOf} />
    </Base.Root>
  )
}

/** The ids of the options: the same array while they are the same. */
function useIds(options: readonly { id: string }[]): string[] {
  const joined = options.map(({ id }) => id).join('\n')
  return useMemo(() => (joined === '' ? [] : joined.split('\n')), [joined])
}

interface OptionsProps<Option extends { id: string }> extends SearchSelectProps<Option> {
  optionOf: (id: string) => Option | undefined
}

function Options<Option extends { id: string }>({ renderOption, empty, optionOf }: OptionsProps<Option>) {
  return (
    <Base.Portal>
      <Base.Positioner className={popup.positioner} sideOffset={4} collisionPadding={8}>
        <Base.Popup className={classes(popup.surface, popup.list, styles.popup)}>
          <Base.Empty className={styles.empty}>{empty}</Base.Empty>
          <Base.List>
            {(id: string) => {
              const option = optionOf(id)
              return (
                <Base.Item key={id} value={id} className={popup.item}>
                  <span className={popup.text}>{option && renderOption(option)}</span>
                  <Base.ItemIndicator render={<Check className={popup.check} />} />
                </Base.Item>
              )
            }}
          </Base.List>
        </Base.Popup>
      </Base.Positioner>
    </Base.Portal>
  )
}
