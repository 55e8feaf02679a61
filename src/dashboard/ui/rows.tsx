import './rows.css';

export interface Field<Row> {
  readonly name: keyof Row & string;
  readonly label: string;
  readonly type?: 'text' | 'date';
  readonly isOptional?: boolean;
  readonly isLong?: boolean;
  /** One of these, instead of a text. */
  readonly options?: readonly (readonly [value: string, name: string])[];
}

export interface RowsProps<Row> {
  /** What one row is, for example `attendee`. */
  readonly thing: string;
  readonly of: readonly Row[];
  readonly fields: readonly Field<Row>[];
  /** What a new row begins with. */
  readonly empty: Row;
  readonly onChange: (rows: readonly Row[]) => void;
}

/** Several of the same, to be filled in: one can be added and taken away. */
export function Rows<Row extends Readonly<Record<string, string>>>({
  thing,
  of,
  fields,
  empty,
  onChange,
}: RowsProps<Row>) {
  const set = (at: number, name: string, value: string) =>
    onChange(of.map((row, place) => (place === at ? { ...row, [name]: value } : row)));
  return (
    <>
      {of.map((row, at) => (
        <fieldset key={at} className="row">
          <legend>
            {thing} {at + 1}
          </legend>
          {fields.map((field) => (
            <label key={field.name} className={field.isLong ? 'long' : undefined}>
              {field.label}{' '}
              <Control
                field={field}
                value={row[field.name] ?? ''}
                onChange={(value) => set(at, field.name, value)}
              />
            </label>
          ))}
          <button type="button" onClick={() => onChange(of.filter((_, place) => place !== at))}>
            Take {thing} {at + 1} away
          </button>
        </fieldset>
      ))}
      <p>
        <button type="button" onClick={() => onChange([...of, empty])}>
          Add {/^[aeiou]/.test(thing) ? 'an' : 'a'} {thing}
        </button>
      </p>
    </>
  );
}

interface ControlProps<Row> {
  readonly field: Field<Row>;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

function Control<Row>({ field: { type = 'text', options, isOptional }, value, onChange }: ControlProps<Row>) {
  if (options)
    return (
      <select value={value} onChange={(event) => onChange(event.target.value)}>
        {options.map(([key, name]) => (
          <option key={key} value={key}>
            {name}
          </option>
        ))}
      </select>
    );
  return (
    <input
      type={type}
      required={isOptional !== true}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
