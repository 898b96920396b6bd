import { Trans, useLingui } from '@lingui/react/macro'
import { Plus, Trash2 } from 'lucide-react'
import type { Form } from '@/core/forms'
import type { OrgTree, UnitNode } from '@/features/contacts'
import { Button, Field, FieldGroup, FormButtons, IconButton, Input, type InputProps } from '@/ui'
import { UnitPicker } from '../pickers/UnitPicker'
import { HandOver } from './HandOver'
import styles from './people.module.css'
import type { FurtherPost, PersonValues } from './person-values'

export interface PersonFieldsProps {
  form: Form<PersonValues>
  tree: OrgTree
  tops: readonly UnitNode[]
  isNew: boolean
}

export function PersonFields({ form, tree, tops, isNew }: PersonFieldsProps) {
  const { t } = useLingui()
  const { values, errors, set } = form
  const input = (name: 'name' | 'login' | 'title' | 'email' | 'phone', more?: InputProps) => (
    <Input autoComplete="off" {...more} value={values[name]} onValueChange={value => set(name, value)} />
  )
  return (
    <>
      <div className={styles.two}>
        <Field label={t`Full name`} error={errors.name} required>
          {input('name', { maxLength: 64 })}
        </Field>
        <Field
          label={t`Login`}
          error={errors.login}
          required={isNew}
          hint={isNew ? undefined : t`Leave it empty to keep the present one.`}
        >
          {input('login', { maxLength: 64, autoCapitalize: 'none', spellCheck: false })}
        </Field>
      </div>
      <div className={styles.two}>
        <Field label={t`Unit`} error={errors.unit} required>
          <UnitPicker tree={tree} tops={tops} value={values.unit} onValueChange={unit => set('unit', unit)} />
        </Field>
        <Field label={t`Title`} error={errors.title}>
          {input('title', { maxLength: 100 })}
        </Field>
      </div>
      <div className={styles.two}>
        <Field label={t`Email`} error={errors.email}>
          {input('email', { type: 'email' })}
        </Field>
        <Field label={t`Phone`} error={errors.phone}>
          {input('phone', { type: 'tel' })}
        </Field>
      </div>
      <FurtherPosts
        posts={values.units}
        error={errors.units}
        onPosts={units => set('units', units)}
        tree={tree}
        tops={tops}
      />
    </>
  )
}

interface FurtherPostsProps extends Pick<PersonFieldsProps, 'tree' | 'tops'> {
  posts: FurtherPost[]
  error?: string
  onPosts: (posts: FurtherPost[]) => void
}

/** Other units somebody works in. */
function FurtherPosts({ posts, error, onPosts, tree, tops }: FurtherPostsProps) {
  const { t } = useLingui()
  const change = (at: number, next: Partial<FurtherPost>) =>
    onPosts(posts.map((post, index) => (index === at ? { ...post, ...next } : post)))
  return (
    <div className={styles.posts}>
      {posts.map((post, index) => (
        <div key={index} className={styles.post}>
          <UnitPicker
            aria-label={t`Further unit`}
            placeholder={t`Further unit`}
            tree={tree}
            tops={tops}
            value={post.unit}
            onValueChange={unit => change(index, { unit })}
          />
          <Input
            aria-label={t`Title there`}
            placeholder={t`Title there`}
            value={post.title}
            onValueChange={title => change(index, { title })}
          />
          <IconButton
            icon={<Trash2 />}
            label={t`Remove this unit`}
            onClick={() => onPosts(posts.filter((_, at) => at !== index))}
          />
        </div>
      ))}
      {error && <p role="alert">{error}</p>}
      <div>
        <Button size="small" icon={<Plus />} onClick={() => onPosts([...posts, { unit: null, title: '' }])}>
          <Trans>Also works in…</Trans>
        </Button>
      </div>
    </div>
  )
}

/** After adding: the password, shown once so that it can be handed over. */
export function AddedPerson({ values, onClose }: { values: PersonValues; onClose: () => void }) {
  return (
    <FieldGroup>
      <p>
        <Trans>
          {values.name} can sign in as {values.login} with this password, and then chooses another one. Hand it over
          now: it is not shown again.
        </Trans>
      </p>
      <HandOver login={values.login.trim()} password={values.password} />
      <FormButtons>
        <Button variant="primary" onClick={onClose}>
          <Trans>Done</Trans>
        </Button>
      </FormButtons>
    </FieldGroup>
  )
}
