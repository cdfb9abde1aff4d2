import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { shapesIn } from './shapes.ts';

/** Fields with what is said of them, of all shapes of the file. */
const fields = (path: string, text: string): Record<string, unknown> =>
  Object.fromEntries(
    shapesIn({ path, text })
      .flatMap((shape) => Object.entries(shape.fields))
      .filter(([, bounds]) => Object.keys(bounds).length),
  );
const email = '{alt}@example.com';

describe('what a source says of fields', () => {
  it('zod', () =>
    assert.deepEqual(
      fields(
        'schema.ts',
        `import { z } from 'zod';
        const CODE = /^[A-Z]{3}-\\d{4}$/; // z.object({ gone: z.string().max(1) })
        /* z.object({ gone: z.string().max(2) }) */
        export const a = z.object({
          title: z.string().trim().min(3, 'say (more, please').max(80),
          reference: z.string().regex(CODE, 'Invalid'),
          slug: z.string().regex(/^[a-z\\/]+$/i).optional(),
          half: z.string().regex(/[A-Z]/),
          size: z.enum(['small', 'large']).default('small'),
          pieces: z.coerce.number().int().min(2).max(9),
          price: z.number().positive(),
          mail: z.string().email(),
          site: z.url(),
          code: z.string().length(6),
          due: z.string().date(),
          tags: z.array(z.string().max(5)).min(1),
        });`,
      ),
      {
        title: { shortest: 3, longest: 80 },
        reference: { pattern: '^[A-Z]{3}-\\d{4}$' },
        slug: { pattern: '^[a-z/]+$' },
        size: { among: ['small', 'large'] },
        pieces: { low: 2, high: 9 },
        price: { low: 1 },
        mail: { example: email },
        site: { example: 'https://example.com/{alt}' },
        code: { shortest: 6, longest: 6 },
        due: { date: 'YYYY-MM-DD' },
      },
    ));

  it('yup and Joi', () =>
    assert.deepEqual(
      fields(
        'form.js',
        `import * as yup from 'yup'; import Joi from 'joi';
        yup.object().shape({ name: yup.string().required().min(2).matches(/^[a-z]{2,9}$/), age: yup.number().min(18) });
        Joi.object({ kind: Joi.string().valid('tea', 'coffee').required(), plate: Joi.string().pattern(/^[A-Z]{2}\\d{3}$/) });`,
      ),
      {
        name: { shortest: 2, pattern: '^[a-z]{2,9}$' },
        age: { low: 18 },
        kind: { among: ['tea', 'coffee'] },
        plate: { pattern: '^[A-Z]{2}\\d{3}$' },
      },
    ));

  it('an object elsewhere is no schema', () => assert.deepEqual(fields('a.js', 'object({ name: text().max(3) })'), {}));

  it('class-validator', () =>
    assert.deepEqual(
      fields(
        'dto.ts',
        `import { IsString, Length, Matches, Min, IsInt, IsIn, IsEmail } from 'class-validator';
        export class MakeDto {
          @IsString() @Length(3, 20)
          readonly title!: string;
          // @MaxLength(1)
          @Matches(/^\\d{5}$/, { message: 'Invalid' })
          zip: string;
          @IsInt() @Min(2)
          pieces: number;
          @IsIn(['a', 'b'])
          kind?: string;
          @IsEmail() mail: string;
          note: string;
        }`,
      ),
      {
        title: { shortest: 3, longest: 20 },
        zip: { pattern: '^\\d{5}$' },
        pieces: { low: 2 },
        kind: { among: ['a', 'b'] },
        mail: { example: email },
      },
    ));

  it('Pydantic, Django, WTForms and SQLAlchemy', () =>
    assert.deepEqual(
      fields(
        'models.py',
        `class Note(BaseModel):
    """A note.

    old: str = Field(max_length=1)
    """
    title: str = Field(..., min_length=3, max_length=80)
    # gone: str = Field(max_length=2)
    reference: Annotated[str, StringConstraints(
        pattern=r"^[A-Z]{2}\\d$")]
    pieces: int = Field(ge=2, le=9)
    kind: Literal["tea", "coffee"] = "tea"
    mail: EmailStr

    def later(self):
        inner: str = Field(max_length=3)

class Project(models.Model):
    name = models.CharField(max_length=120, validators=[RegexValidator(r'^[a-z]+$')])
    stage = models.CharField(choices=[('new', 'New'), ('old', 'Old')], max_length=9)
    count = models.PositiveIntegerField(validators=[MinValueValidator(3)])
    day = models.DateField()

class CardForm(FlaskForm):
    word = StringField('Word', validators=[DataRequired(), Length(min=2, max=30), Regexp('^\\\\w+$')])

class Row(db.Model):
    label = db.Column(db.String(40), nullable=False)
`,
      ),
      {
        title: { shortest: 3, longest: 80 },
        reference: { pattern: '^[A-Z]{2}\\d$' },
        pieces: { low: 2, high: 9 },
        kind: { among: ['tea', 'coffee'] },
        mail: { example: email },
        name: { longest: 120, pattern: '^[a-z]+$' },
        stage: { longest: 9, among: ['new', 'old'] },
        count: { low: 3 },
        day: { date: 'YYYY-MM-DD' },
        word: { shortest: 2, longest: 30, pattern: '^\\w+$' },
        label: { longest: 40 },
      },
    ));

  it('Laravel', () =>
    assert.deepEqual(
      fields(
        'NoteController.php',
        `<?php
        // 'gone' => 'required|max:1',
        $request->validate([
          'title' => 'required|string|min:3|max:20',
          'kind' => 'required|in:tea,coffee',
          'code' => ['required', 'regex:/^(a|b)\\d{2}$/'],
          'plate' => 'required|regex:/^(a|b)$/',
          'pieces' => 'integer|between:2,9',
          'size' => ['required', Rule::in(['s', 'l'])],
          'tags.*' => 'max:3',
          'label' => 'A label',
        ]);`,
      ),
      {
        title: { shortest: 3, longest: 20 },
        kind: { among: ['tea', 'coffee'] },
        code: { pattern: '^(a|b)\\d{2}$' },
        plate: { pattern: '^(a|b)$' },
        pieces: { low: 2, high: 9 },
        size: { among: ['s', 'l'] },
      },
    ));

  it('tables: SQL wherever it stands, drizzle, Prisma', () => {
    const sql = `CREATE TABLE IF NOT EXISTS notes (
      id INTEGER PRIMARY KEY, -- gone VARCHAR(1),
      title VARCHAR(80) NOT NULL CHECK (length(title) >= 3),
      kind TEXT CHECK (kind IN ('tea', 'coffee')),
      pieces INT CHECK (pieces BETWEEN 2 AND 9),
      code TEXT CHECK (code ~ '^[A-Z]{3}$'),
      shade ENUM('red', 'blue'),
      CONSTRAINT c CHECK (price > 4),
      FOREIGN KEY (id) REFERENCES x (id)
    )`;
    const said = {
      title: { longest: 80, shortest: 3 },
      kind: { among: ['tea', 'coffee'] },
      pieces: { low: 2, high: 9 },
      code: { pattern: '^[A-Z]{3}$' },
      shade: { among: ['red', 'blue'] },
      price: { low: 5 },
    };
    assert.deepEqual(fields('schema.sql', sql), said);
    assert.deepEqual(fields('db.js', `db.exec(\`${sql}\`);`), said);
    assert.deepEqual(fields('db.py', `run("""${sql}""")`), said);
    assert.deepEqual(
      fields(
        'tables.ts',
        `import { pgTable } from 'drizzle-orm/pg-core';
        pgTable('notes', { dueDay: varchar('due_day', { length: 10 }), kind: text('kind', { enum: ['a', 'b'] }), at: integer('at') });`,
      ),
      { dueday: { longest: 10 }, kind: { among: ['a', 'b'] } },
    );
    assert.deepEqual(
      fields(
        'schema.prisma',
        'enum Kind {\n  TEA\n  COFFEE\n}\nmodel Note {\n  title String @db.VarChar(80)\n  // gone String @db.VarChar(1)\n  kind Kind\n}\n',
      ),
      { title: { longest: 80 }, kind: { among: ['TEA', 'COFFEE'] } },
    );
  });

  it('checks of a handler', () => {
    assert.deepEqual(
      fields(
        'server.js',
        `const CODE = /^[A-Z]{3}$/;
        if (!CODE.test(req.body.code.trim())) fail();
        if (!/^\\d{4}$/.test(String(body['pin']))) fail();
        // if (!/^x$/.test(gone)) fail();
        if (/x/.test(part)) fail();`,
      ),
      { code: { pattern: '^[A-Z]{3}$' }, pin: { pattern: '^\\d{4}$' } },
    );
    assert.deepEqual(
      fields('a.php', `<?php if (!preg_match('/^[a-z]{2}$/', trim($_POST['short']))) {} # preg_match('/^x$/', $gone)`),
      {
        short: { pattern: '^[a-z]{2}$' },
      },
    );
    assert.deepEqual(
      fields(
        'a.py',
        `if not re.fullmatch(r'\\d{3}', request.form['num']):\n    pass\nif not re.match(r"^a+$", name):\n    pass\n`,
      ),
      {
        num: { pattern: '^\\d{3}$' },
        name: { pattern: '^a+$' },
      },
    );
  });

  it('brackets that never close cost little', () => {
    const began = process.cpuUsage();
    const open = 'z.object({ name: z.string().max(3),\n'.repeat(4000);
    assert.ok(shapesIn({ path: 'a.ts', text: `import 'zod';\n${open}` }).length > 0);
    // Of the processor, so that what else this machine does counts for nothing.
    assert.ok(process.cpuUsage(began).user < 8_000_000, 'in less than 8 s');
  });
});
