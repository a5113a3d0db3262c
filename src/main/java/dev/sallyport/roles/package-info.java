/// Roles, what they hold, and who has them where and until when. Permissions are read live: no
/// credential carries any. [dev.sallyport.roles.RoleDirectory] alone says what an actor holds;
/// [dev.sallyport.roles.Conferral] alone says what an actor may give or take. System roles never
/// change, and no change by hand leaves the system without a lasting administrator.
@NullMarked
package dev.sallyport.roles;

import org.jspecify.annotations.NullMarked;
