import { mergeCatalogues } from './merge-catalogues'

export const messages = mergeCatalogues(
  import.meta.glob(['../../../locales/en/*.po', '!**/{administration,organisation,policies}.po'], { eager: true }),
)
