/** Forms: values, what is wrong with them, and sending them once. */
export { type FieldErrors, type Form, type FormOptions, useForm } from './useForm'
export { useNameCheck } from './useNameCheck'
