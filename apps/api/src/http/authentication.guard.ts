import { Injectable } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Role } from '@flowledger/access';
import { Forbidden } from './http-errors';
import { requestOf, requiredRoleKey } from './principal';
import { SignIn } from './sign-in';

const ranks: Record<Role, number> = { reader: 1, operator: 2, administrator: 3 };

/** Stands before every route and resolver: a valid token, a role that suffices, and a rate that is bearable. */
@Injectable()
export class AuthenticationGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly signIn: SignIn,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const required = this.reflector.getAllAndOverride<Role | 'nobody' | undefined>(requiredRoleKey, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (required === 'nobody') return true;
    const principal = await this.signIn.principalOf(requestOf(context));
    if (ranks[principal.role] < ranks[required ?? 'reader']) throw new Forbidden(required ?? 'reader');
    return true;
  }
}
