import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import type { ApiPropertyOptions } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsNumber,
  IsObject,
  IsString,
  Max,
  MaxLength,
  Min,
  ValidateIf,
  ValidateNested,
} from 'class-validator';

/*
 * Members of bodies and query strings: one decorator gives a member its check and its line in the OpenAPI document.
 * Only shapes and sizes are checked here; what a value means is the deciders' business.
 */

interface Member {
  readonly description?: string;
  readonly optional?: boolean;
  readonly example?: unknown;
}

/** Absent is fine, null is not: no command knows what null would mean. */
const presence = (optional = false): PropertyDecorator[] =>
  optional ? [ValidateIf((_, value) => value !== undefined)] : [];

const documented = ({ optional, ...member }: Member, schema: ApiPropertyOptions): PropertyDecorator =>
  ApiProperty({ required: !optional, ...member, ...schema } as ApiPropertyOptions);

/** `longest` in UTF-16 units. */
export const Text = ({ longest = 1_024, ...member }: Member & { readonly longest?: number } = {}) =>
  applyDecorators(
    IsString(),
    MaxLength(longest),
    ...presence(member.optional),
    documented(member, { type: String, maxLength: longest }),
  );

export const OneOf = (values: readonly (string | number)[], member: Member = {}) =>
  applyDecorators(
    IsIn(values, { message: `must be one of ${values.join(', ')}` }),
    ...presence(member.optional),
    documented(member, { enum: [...values], type: typeof values[0] as 'string' | 'number' }),
  );

export const Flag = (member: Member = {}) =>
  applyDecorators(IsBoolean(), ...presence(member.optional), documented(member, { type: Boolean }));

export const WholeNumber = (smallest: number, largest: number, member: Member = {}) =>
  applyDecorators(
    IsInt(),
    Min(smallest),
    Max(largest),
    ...presence(member.optional),
    documented(member, { type: 'integer', minimum: smallest, maximum: largest }),
  );

/** A list of strings. */
export const Texts = (most: number, member: Member = {}) =>
  applyDecorators(
    IsArray(),
    ArrayMaxSize(most),
    IsString({ each: true }),
    MaxLength(1_024, { each: true }),
    ...presence(member.optional),
    documented(member, { type: [String], maxItems: most }),
  );

/** A list of objects of a class with members of its own. */
export const Listed = (type: () => new () => object, most: number, member: Member = {}) =>
  applyDecorators(
    IsArray(),
    ArrayMaxSize(most),
    IsObject({ each: true }),
    ValidateNested({ each: true }),
    Type(type),
    ...presence(member.optional),
    documented(member, { type: () => [type()], maxItems: most }),
  );

/** An object of a class with members of its own. */
export const Nested = (type: () => new () => object, member: Member = {}) =>
  applyDecorators(
    IsObject(),
    ValidateNested(),
    Type(type),
    ...presence(member.optional),
    // Swagger tells a lazy type by the name of the function: it must be this very property's.
    documented(member, { type: () => type() }),
  );

/** A whole number in a query string, where everything is text. */
export const NumberInQuery = (smallest: number, largest: number, member: Member = {}) =>
  applyDecorators(
    Transform(({ value }: { value: unknown }) =>
      typeof value === 'string' && /^-?\d{1,16}$/.test(value) ? Number(value) : value,
    ),
    WholeNumber(smallest, largest, { optional: true, ...member }),
  );

/** `true` or `false` in a query string. */
export const FlagInQuery = (member: Member = {}) =>
  applyDecorators(
    Transform(({ value }: { value: unknown }) =>
      value === 'true' ? true : value === 'false' ? false : value,
    ),
    Flag({ optional: true, ...member }),
  );

/** From 0 to 1. */
export const Fraction = (member: Member = {}) =>
  applyDecorators(
    IsNumber({ allowInfinity: false, allowNaN: false }),
    Min(0),
    Max(1),
    ...presence(member.optional),
    documented(member, { type: Number, minimum: 0, maximum: 1 }),
  );
